// electron-builder's hook that would install dependencies. Ours are installed, and `files` names what is packed.

/** @returns false: node_modules are not electron-builder's affair */
export function beforeBuild(): boolean {
  return false;
}
