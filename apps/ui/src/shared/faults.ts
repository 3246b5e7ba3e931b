// A failure in the user's words: by kind where there is wording, else the engine's own sentence.
import { useTranslation } from 'react-i18next';
import type { Fault } from '../connection/faults.ts';

export function useFaultText(): (fault: Fault | null) => string {
  const { t, i18n } = useTranslation();
  return (fault) => {
    if (fault === null) return '';
    const key = `errors.${fault.kind}`;
    return i18n.exists(key) ? t(key) : (fault.message ?? t('errors.unknown'));
  };
}
