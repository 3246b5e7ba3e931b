// A failure in the user's words: by kind where there is wording, else the engine's own sentence where it is their language.
import { useTranslation } from 'react-i18next';
import type { Fault } from '../connection/faults.ts';

export function useFaultText(): (fault: Fault | null) => string {
  const { t, i18n } = useTranslation();
  return (fault) => {
    if (fault === null) return '';
    const key = `errors.${fault.kind}`;
    return i18n.exists(key) ? t(key) : (english(i18n.language, fault.message) ?? t('errors.unknown'));
  };
}

/**
 * The engine's sentences have no other words yet in a few seldom places. They are English: in a window of another language
 * they are left out.
 */
export function useEngineWords(): (sentence: string | null) => string | null {
  const { i18n } = useTranslation();
  return (sentence) => english(i18n.language, sentence);
}

function english(language: string, sentence: string | null): string | null {
  return language.startsWith('en') ? sentence : null;
}
