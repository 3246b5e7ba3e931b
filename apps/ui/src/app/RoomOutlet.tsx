// Shows the room one is in: its code is fetched when it is first entered; what it breaks stays inside it.
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../shared/Notice.tsx';
import type { RoomProps } from '../shared/room.ts';
import { ROOMS } from './rooms.tsx';

const LOADED = new Map<string, ComponentType<RoomProps>>(
  ROOMS.map((room) => [room.id, lazy(() => room.load().then((part) => ({ default: part })))]),
);

export function RoomOutlet({ id, ...props }: RoomProps & { id: string }) {
  const { t } = useTranslation();
  const [attempt, setAttempt] = useState(0);
  const Room = LOADED.get(id);
  const broken = (
    <Notice
      urgent
      icon={<IconAlertTriangle size={26} />}
      title={t('nav.roomFailed')}
      action={<Button onClick={() => setAttempt(attempt + 1)}>{t('app.retry')}</Button>}
    />
  );
  if (Room === undefined) return broken;
  return (
    <Guard key={`${id}-${attempt}`} fallback={broken}>
      <Suspense fallback={<div role="status" aria-label={t('nav.roomLoading')} />}>
        <Room {...props} />
      </Suspense>
    </Guard>
  );
}

class Guard extends Component<{ fallback: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
