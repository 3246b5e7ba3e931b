// What is known about the open photo. Rows without a value are left out rather than shown empty.
import type { PhotoDetail } from '@semblance/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime, coordinates, fileSize, longDate, megapixels, number } from '../../shared/format.ts';
import { Stars } from '../../shared/Stars.tsx';
import { cameraName, exposureFacts } from './camera-facts.ts';

interface InfoPanelProps {
  detail: PhotoDetail | null;
  /** What other features know of the photo, in rows of their own. */
  panel(photo: PhotoDetail): ReactNode;
  onRate(photo: PhotoDetail, rating: number | null): void;
}

export function InfoPanel({ detail, panel, onRate }: InfoPanelProps) {
  const { t } = useTranslation();
  return (
    <aside className="sem-info" aria-label={t('info.title')}>
      <h2>{t('info.title')}</h2>
      {detail !== null && (
        <>
          <div className="sem-info-rating">
            <Stars value={detail.rating} onRate={(rating) => onRate(detail, rating)} />
          </div>
          {panel(detail)}
          <Facts detail={detail} />
        </>
      )}
    </aside>
  );
}

function Facts({ detail }: { detail: PhotoDetail }) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const camera = cameraName(detail.camera);
  const exposed = exposureFacts(detail.camera, locale);
  const size = `${number(locale, detail.width)} × ${number(locale, detail.height)}`;
  const bytes = detail.files[0]?.bytes;
  return (
    <dl>
      {detail.caption !== null && (
        <Row label={t('info.caption')}>
          <span className="sem-info-caption">{detail.caption}</span>
        </Row>
      )}
      <Row label={t('info.date')}>
        {longDate(locale, detail.takenAt)}
        <small>
          {clockTime(locale, detail.takenAt)}
          {detail.dateSource !== 'exif' && `, ${t(`info.dateFrom.${detail.dateSource}`)}`}
        </small>
      </Row>
      {camera !== null && (
        <Row label={t('info.camera')}>
          {camera}
          {detail.camera.lens !== null && <small>{detail.camera.lens}</small>}
        </Row>
      )}
      {exposed.length > 0 && (
        <Row label={t('info.exposure')}>
          <span className="sem-info-facts">
            {exposed.map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </span>
        </Row>
      )}
      <Row label={t('info.picture')}>
        {size}
        <small>
          {[
            megapixels(locale, detail.width, detail.height),
            detail.format.toUpperCase(),
            bytes === undefined ? null : fileSize(locale, bytes),
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </small>
      </Row>
      {detail.place !== null && (
        <Row label={t('info.place')}>
          {detail.placeName ?? coordinates(locale, detail.place.latitude, detail.place.longitude)}
          {detail.placeName !== null && (
            <small>{coordinates(locale, detail.place.latitude, detail.place.longitude)}</small>
          )}
        </Row>
      )}
      {detail.keywords.length > 0 && <Row label={t('info.keywords')}>{detail.keywords.join(', ')}</Row>}
      <Row label={t('info.files', { count: detail.files.length })}>
        {detail.files.map((file) => (
          <span key={file.path} className="sem-info-path">
            {file.path}
            {!file.reachable && <small>{t('info.unreachable')}</small>}
          </span>
        ))}
      </Row>
      <Row label={t('info.search')}>{detail.searchable ? t('info.searchable') : t('info.notSearchable')}</Row>
    </dl>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
