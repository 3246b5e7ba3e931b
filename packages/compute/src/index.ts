// The compute process's protocol (types). Its program is started by path, never imported.
export type * from './protocol.ts';
