// What the app says outside its window, in Turkish.
import type { Words } from '../words.ts';

const NOTHING_LOST = 'Fotoğraflarınız ve onlar için söylediğiniz her şey güvende.';

export const tr: Words = {
  speaksEnglish: false,
  locale: 'tr',
  menu: {
    file: '&Dosya',
    addFolders: 'Klasör Ekle…',
    close: 'Pencereyi Kapat',
    quit: 'Semblance’tan Çık',
    edit: 'Dü&zen',
    undo: 'Geri Al',
    redo: 'Yinele',
    cut: 'Kes',
    copy: 'Kopyala',
    paste: 'Yapıştır',
    selectAll: 'Tümünü Seç',
    find: 'Bul…',
    settings: 'Ayarlar…',
    photo: '&Fotoğraf',
    favourite: 'Favori',
    addToAlbum: 'Albüme Ekle…',
    label: 'Etiketle…',
    copyPicture: 'Resmi Kopyala',
    openElsewhere: 'Başka Programda Aç',
    reveal: 'Klasöründe Göster',
    exportCopies: 'Kopyalarını Dışa Aktar…',
    hidePhoto: 'Gizle ya da Yeniden Göster',
    trash: 'Çöpe Taşı…',
    view: '&Görünüm',
    actualSize: 'Gerçek Boyut',
    zoomIn: 'Yakınlaştır',
    zoomOut: 'Uzaklaştır',
    fullScreen: 'Tam Ekran',
    reload: 'Yeniden Yükle',
    devTools: 'Geliştirici Araçları',
    go: 'Gi&t',
    photos: 'Fotoğraflar',
    favourites: 'Favoriler',
    recent: 'Son Eklenenler',
    albums: 'Albümler',
    labels: 'Etiketler',
    duplicates: 'Yinelenenler',
    window: '&Pencere',
    minimize: 'Simge Durumuna Küçült',
    zoom: 'Büyüt',
    front: 'Tümünü Öne Getir',
    help: '&Yardım',
    shortcuts: 'Klavye Kısayolları',
    libraryFolder: 'Arşiv Klasörünü Göster',
    logFolder: 'Günlük Klasörünü Göster',
    diagnostics: 'Tanılama Bilgilerini Kopyala…',
    about: 'Semblance Hakkında',
    services: 'Servisler',
    hide: 'Semblance’ı Gizle',
    hideOthers: 'Diğerlerini Gizle',
    showAll: 'Tümünü Göster',
  },
  dialog: {
    chooseFolders: 'Arşivinize klasör ekleyin',
    add: 'Ekle',
    chooseExport: 'Kopyalar nereye konsun?',
    copyHere: 'Buraya kopyala',
    ok: 'Tamam',
    cancel: 'Vazgeç',
    tryAgain: 'Yeniden Dene',
    openFolder: 'Klasörü Aç',
    quit: 'Çık',
  },
  addDropped: {
    message: (count) =>
      count === 1 ? 'Bu klasör arşivinize eklensin mi?' : `Bu ${count} klasör arşivinize eklensin mi?`,
    detail: 'Fotoğraflar bulundukları yerde incelenir. Hiçbir şey taşınmaz, değiştirilmez.',
  },
  noFolder: {
    message: 'Burada eklenecek bir klasör yok.',
    detail:
      'Semblance klasörleri ekler. Bir klasör ya da klasörünü eklemek istediğiniz bir fotoğraf bırakın.',
  },
  addFailed: 'Klasör eklenemedi.',
  restore: {
    button: 'Yedeği Geri Yükle',
    detail: (when) =>
      `${when} tarihli sağlam bir yedek var. Etiketler, albümler ve yıldızlar o günkü haline döner; şimdiki dosya da saklanır.`,
    done: {
      message: 'Yedek geri yüklendi.',
      detail: (kept) =>
        `Etiketler, albümler ve yıldızlar yedeğin alındığı andaki gibi. Yerine geçtiği dosya ${kept} klasöründe.`,
    },
  },
  tray: {
    open: 'Semblance’ı Aç',
    pause: 'İşlemeyi Duraklat',
    resume: 'İşlemeyi Sürdür',
    quit: 'Semblance’tan Çık',
    working: (percent) => `Fotoğraflara bakılıyor: %${percent}`,
    scanning: 'Yeni fotoğraf aranıyor',
    paused: 'Duraklatıldı',
    stopped: 'Durdu: nedeni için Semblance’ı açın',
    idle: 'Bütün fotoğraflarda arama yapılabilir',
  },
  openFailed: {
    message: 'Bu fotoğrafı başka bir program açmadı.',
    detail: 'Diski takılı olmayabilir ya da sistemde bu tür resimler için bir program yoktur.',
  },
  diagnostics: {
    message: 'Bir bildirim için uygulamayla ilgili bilgiler kopyalansın mı?',
    detail:
      'Sürümler, kaç fotoğraf olduğu ve uygulamanın son yaptıkları. İçinde fotoğraf, etiket ya da arama yoktur.',
    withNames: 'Dosya ve klasör adı geçebilecek iletiler de olsun',
    copy: 'Kopyala',
  },
  ready: {
    title: 'Fotoğraflarınızda artık arama yapabilirsiniz',
    body: (count) => `${count.toLocaleString('tr')} fotoğrafa bakıldı.`,
  },
  failures: {
    inUse: {
      message: 'Bu arşiv başka bir programda açık.',
      detail:
        'Orada kapatıp (başka bir Semblance penceresi ya da bir uçbirimdeki "semblance serve") yeniden deneyin.',
    },
    notWritable: {
      message: 'Arşiv klasörüne yazılamıyor.',
      detail: 'Diskin takılı olduğuna, dolu olmadığına ve klasörü değiştirme izniniz olduğuna bakın.',
    },
    tooNew: {
      message: 'Bu arşiv daha yeni bir Semblance ile yapılmış.',
      detail: 'Açmak için yeni sürümü kurun. Hiçbir şey değiştirilmedi.',
    },
    corrupt: {
      message: 'Arşiv okunamadı.',
      detail: 'Fotoğraflarınıza dokunulmadı, hiçbir şey silinmedi. Arşiv klasörünü saklayın; onarılabilir.',
    },
    model: {
      message: 'Resimleri anlayan model yüklenemedi.',
      detail: `Semblance’ı yeniden kurmak onu geri getirir. ${NOTHING_LOST}`,
    },
    compute: { message: 'Bu bilgisayarda resimler okunamıyor.', detail: NOTHING_LOST },
    diskFull: { message: 'Disk dolu.', detail: `Biraz yer açıp yeniden deneyin. ${NOTHING_LOST}` },
    other: { message: 'Arşiv açılamadı.', detail: NOTHING_LOST },
    engineStops: {
      message: 'Semblance arşivinizdeki çalışmasını durdurmak zorunda kaldı.',
      detail: `Birkaç kez yeniden başlatıldı, yine durdu. ${NOTHING_LOST}`,
    },
    windowStops: {
      message: 'Pencere birkaç kez durdu.',
      detail: `Yeniden açmak çoğunlukla işe yarar. ${NOTHING_LOST}`,
    },
  },
};
