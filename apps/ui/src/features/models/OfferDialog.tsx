// Before anything is fetched: how large it is, from where, whether there is room, and what its licence says.
import { Button, Modal } from '@mantine/core';
import type { CatalogModel, ModelOffer } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { useEngineWords, useFaultText } from '../../shared/faults.ts';
import { number } from '../../shared/format.ts';
import classes from './Models.module.css';
import { type Offer, useModels } from './store.ts';
import { useBytes, useSaid } from './words.ts';

export function OfferDialog() {
  const offer = useModels((state) => state.offer);
  const catalog = useModels((state) => state.catalog);
  const decline = useModels((state) => state.decline);
  const { t } = useTranslation();
  const request = offer?.request;
  const known = catalog.find((model) => request !== undefined && 'id' in request && model.id === request.id);
  const name =
    known?.name ?? (request === undefined ? '' : 'id' in request ? request.id : request.repository);
  return (
    <Modal
      opened={offer !== null}
      onClose={decline}
      centered
      title={t('models.offer.title', { name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {offer !== null && <Body offer={offer} known={known} />}
    </Modal>
  );
}

function Body({ offer: { found, fault }, known }: { offer: Offer; known: CatalogModel | undefined }) {
  const { t } = useTranslation();
  const say = useFaultText();
  const words = useEngineWords();
  const { hub, accept, decline } = useModels((state) => state);
  const host = hub === null ? '' : new URL(hub.url).host;
  return (
    <>
      <div role="status">
        {found === null && fault === null && (
          <p className={classes.about}>{t('models.offer.asking', { host })}</p>
        )}
        {found !== null && <Found found={found} known={known} host={host} />}
      </div>
      {fault !== null && (
        <p className={classes.problem} role="alert">
          {say(fault)} {fault.kind === 'MODEL_UNSUITABLE' && words(fault.message)}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" data-autofocus onClick={decline}>
          {t('models.offer.leave')}
        </Button>
        <Button disabled={found?.fits !== true} onClick={() => void accept()}>
          {t('models.download')}
        </Button>
      </div>
    </>
  );
}

interface FoundProps {
  found: ModelOffer;
  known: CatalogModel | undefined;
  host: string;
}

function Found({ found, known, host }: FoundProps) {
  const { t, i18n } = useTranslation();
  const size = useBytes();
  const said = useSaid();
  const { bytes, have, files, free, fits, repository, commit } = found;
  return (
    <dl className={classes.offer}>
      <div>
        <dt>{t('models.size')}</dt>
        <dd data-testid="offer-size" title={`${number(i18n.language, bytes)} B`}>
          {t('models.offer.size', { size: size(bytes), count: files })}
          {have > 0 && <small>{t('models.offer.have', { size: size(have) })}</small>}
        </dd>
      </div>
      {free !== null && (
        <div>
          <dt>{t('models.offer.room')}</dt>
          <dd>
            {size(free)}
            {!fits && <small>{t('models.offer.tooLittle')}</small>}
          </dd>
        </div>
      )}
      <div>
        <dt>{t('models.offer.from')}</dt>
        <dd>
          {host}/{repository}
          <span>{t('models.offer.commit', { commit: commit.slice(0, 10) })}</span>
        </dd>
      </div>
      <div>
        <dt>{t('models.licence')}</dt>
        <dd>
          {known?.license ?? t('models.licenceUnknown')}
          {known?.commercialUse === false && <small>{t('models.notCommercial')}</small>}
          {known?.checked.license === false && <span>{t('models.offer.licenceUnchecked')}</span>}
        </dd>
      </div>
      {known?.caution != null && <p>{said(known.caution)}</p>}
    </dl>
  );
}
