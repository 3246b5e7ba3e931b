// Words that people look for photos with, Turkish to English. Small on purpose: for models that were taught English only.

/** `turkish=english`, one pair each; spaces inside a word are `_`. Folded when read, so spelling with dots does not matter. */
const PAIRS = `
ağaç=tree aile=family akşam=evening alışveriş=shopping ambulans=ambulance amca=uncle anahtar=key anne=mother
anne_baba=parents apartman=apartment_building araba=car arı=bee arkadaş=friend asansör=elevator aslan=lion asker=soldier
at=horse ateş=fire av=hunting ayak=foot ayakkabı=shoes ayçiçeği=sunflower ayı=bear ayna=mirror ay=moon ay_ışığı=moonlight
baba=father bacak=leg bahar=spring bahçe=garden balık=fish balıkçı=fisherman balina=whale balkon=balcony balon=balloon
banyo=bathroom bardak=glass basketbol=basketball baston=cane baykuş=owl bayrak=flag bayram=holiday bebek=baby belge=document
beyaz=white bilet=ticket bilgisayar=computer bina=building bisiklet=bicycle bisikletli=cyclist boks=boxing börek=pastry
boş=empty
bulut=cloud bulutlu=cloudy bulutlu_gökyüzü=cloudy_sky buz=ice buzdolabı=refrigerator buzul=glacier büyük=big
büyükanne=grandmother büyükbaba=grandfather cadde=street cami=mosque cep_telefonu=mobile_phone ceket=jacket ceylan=antelope
cüzdan=wallet çadır=tent çanta=bag çatal=fork çay=tea çayır=meadow çekirge=grasshopper çicek=flower çiçek=flower çiçekler=flowers
çift=couple çiftlik=farm çilek=strawberry çimen=grass çizim=drawing çizgi_film=cartoon çocuk=child çocuklar=children
çorap=socks çorba=soup çöl=desert dağ=mountain dağlar=mountains dalga=waves damat=groom dans=dancing davul=drum dede=grandfather
defter=notebook deniz=sea deniz_atı=seahorse denizatı=seahorse deniz_kenarı=seaside deniz_yıldızı=starfish denizyıldızı=starfish
dere=stream ders=lesson deve=camel dil=tongue dinozor=dinosaur diz_üstü_bilgisayar=laptop dizüstü_bilgisayar=laptop
doğa=nature doğum_günü=birthday doğum_günü_pastası=birthday_cake dolap=cupboard domates=tomato domuz=pig dondurma=ice_cream
dolunay=full_moon duman=smoke duvar=wall düğün=wedding düğün_pastası=wedding_cake ekmek=bread eldiven=gloves elbise=dress el=hand
elma=apple erkek=man erkek_çocuk=boy eski=old eşek=donkey et=meat ev=house evcil_hayvan=pet fabrika=factory fare=mouse
fatura=invoice fener=lantern deniz_feneri=lighthouse fil=elephant fincan=cup fiş=receipt flamingo=flamingo fotoğraf=photo
fotoğraf_makinesi=camera futbol=football futbol_topu=soccer_ball gazete=newspaper gece=night gelin=bride gelin_ve_damat=bride_and_groom
gemi=ship genç=young gergedan=rhinoceros geyik=deer gitar=guitar göl=lake gölge=shadow gök=sky gökdelen=skyscraper
gökkuşağı=rainbow gökyüzü=sky gömlek=shirt göz=eye gözlük=glasses güneş_gözlüğü=sunglasses gri=gray gül=rose gülen=smiling
gülümseyen=smiling gümüş=silver gün_batımı=sunset günbatımı=sunset gün_doğumu=sunrise gündoğumu=sunrise güneş=sun
güneşli=sunny güneşli_gün=sunny_day gündüz=daytime güvercin=pigeon güzel=beautiful halı=carpet hamak=hammock hamburger=hamburger
harita=map hasta=patient hastane=hospital hava=weather havaalanı=airport havai_fişek=fireworks havuz=swimming_pool havuç=carrot
hayvan=animal hayvanlar=animals hediye=gift heykel=statue horoz=rooster ırmak=river ışık=light ışıklar=lights inek=cow insan=person
insanlar=people iskele=pier iskelet=skeleton istasyon=station jimnastik=gymnastics kadın=woman kadınlar=women kafe=cafe
kahvaltı=breakfast kahve=coffee kahverengi=brown kalabalık=crowd kale=castle kalem=pen kamp=camping kamyon=truck kanguru=kangaroo
kapı=door kaplan=tiger kaplumbağa=turtle kar=snow karlı=snowy kardan_adam=snowman kara_kalem=pencil_sketch karakalem=pencil_sketch
karga=crow karınca=ant karpuz=watermelon kartal=eagle kartopu=snowball kask=helmet kaş=eyebrow kaşık=spoon kayak=skiing
kayakçı=skier kayalık=rocks kaya=rock kaykay=skateboard keçi=goat kedi=cat kelebek=butterfly kemer=belt keman=violin kertenkele=lizard
kılıç=sword kır=countryside kır_çiçekleri=wildflowers kırmızı=red kış=winter kız=girl kız_çocuk=girl kız_çocuğu=girl kilise=church
kimlik=identity_card kirpi=hedgehog kitap=books kitaplık=bookshelf klavye=keyboard koltuk=armchair komik=funny konser=concert
koridor=hallway koşan=running koşu=running koyun=sheep köpek=dog köpekbalığı=shark köprü=bridge körfez=bay köy=village
kravat=tie kulaklık=headphones kule=tower kum=sand kumsal=beach kurbağa=frog kurt=wolf kuş=bird kutu=box kuzu=lamb küçük=small
küpe=earrings kütüphane=library lacivert=navy_blue lama=llama lamba=lamp leopar=leopard limon=lemon liman=harbour lokanta=restaurant
mağara=cave mağaza=shop maç=match makas=scissors manzara=landscape market=market martı=seagull masa=table masa_tenisi=table_tennis
mavi=blue maymun=monkey mektup=letter menü=menu merdiven=stairs mermer=marble meyve=fruit mezuniyet=graduation meydan=square
misket=marbles mor=purple moto=motorbike motosiklet=motorbike motosikletli=motorcyclist muz=banana mum=candle mutfak=kitchen
mutlu=happy müze=museum müzik=music nehir=river nilüfer=water_lily oda=room oturma_odası=living_room yatak_odası=bedroom
yemek_odası=dining_room ofis=office okul=school okyanus=ocean orman=forest otel=hotel otobüs=bus otomobil=car otoyol=highway
oyun=game oyuncak=toy oyuncak_ayı=teddy_bear öğle=noon öğrenci=student öğretmen=teacher ördek=duck örümcek=spider palmiye=palm_tree
pamuk=cotton pantolon=trousers papatya=daisy para=money parti=party pasaport=passport pazar=market pembe=pink penguen=penguin
pencere=window perde=curtain peynir=cheese piknik=picnic pilav=rice piramit=pyramid piyano=piano pizza=pizza plaj=beach
polis=police portakal=orange portre=portrait postane=post_office poşet=bag raf=shelf raket=racket rapor=report resim=picture
restoran=restaurant robot=robot rüzgar=wind saat=clock kol_saati=watch sabah=morning saç=hair saksafon=saxophone sahil=beach
sahne=stage salıncak=swing salon=hall sanat=art sandal=rowing_boat sandalye=chair tekerlekli_sandalye=wheelchair sarı=yellow sarışın=blond
sebze=vegetables seramik=ceramics sergi=exhibition sevimli=cute sırt_çantası=backpack sınıf=classroom sıcak=hot sincap=squirrel
sis=fog sisli=foggy siyah=black siyah_beyaz=black_and_white soba=stove sofra=dinner_table soğuk=cold sokak=street sokak_lambası=street_lamp
sonbahar=autumn spor=sport stadyum=stadium su=water sulu_boya=watercolour süt=milk şapka=hat şarap=wine şato=castle şehir=city
şelale=waterfall şemsiye=umbrella şezlong=deck_chair şişe=bottle tabak=plate tabela=sign tablo=painting taksi=taxi takvim=calendar
takım=team takım_elbise=suit tarla=field taş=stone tatil=vacation tatlı=dessert tavşan=rabbit tavuk=chicken tekne=boat yelkenli=sailboat
yelken=sail teleferik=cable_car telefon=phone televizyon=television tenis=tennis tepe=hill terlik=slippers teyze=aunt tilki=fox timsah=crocodile
top=ball toplantı=meeting torba=bag tren=train turuncu=orange turist=tourist tuz=salt uçak=airplane uçurtma=kite uyuyan=sleeping
uzay=space vadi=valley vapur=ferry feribot=ferry vazo=vase voleybol=volleyball yağmur=rain yağmurlu=rainy yağmurlu_hava=rainy_weather
yağmurlu_gün=rainy_day yağlı_boya=oil_painting yaprak=leaf yapraklar=leaves yarış=race yarış_arabası=racing_car yaşlı=old
yaşlı_adam=old_man yaşlı_kadın=old_woman yatak=bed yat=yacht yavru=baby yavru_kedi=kitten yavru_köpek=puppy yaz=summer yemek=food
yeni=new yeşil=green yıldız=star yıldızlar=stars yılan=snake yılbaşı=new_year yılbaşı_ağacı=christmas_tree yol=road
yolcu=passenger yunus=dolphin yumurta=egg yusufçuk=dragonfly yüz=face yüzen=swimming yüzme=swimming yüzük=ring zarf=envelope zebra=zebra
zeytin=olive zıplayan=jumping zürafa=giraffe adam=man adamlar=men ada=island bank=bench çeşme=fountain çorap=socks kapalı=closed
oturan=sitting yürüyen=walking oynayan=playing yiyen=eating içen=drinking bakan=looking uçan=flying tutan=holding binen=riding
ıstakoz=lobster yengeç=crab kayısı=apricot üzüm=grapes kiraz=cherries patates=potato salata=salad sandviç=sandwich
kriket=cricket badminton=badminton güreş=wrestling eskrim=fencing hokey=hockey satranç=chess halter=weight_lifting atıcılık=shooting
avize=chandelier zımba=stapler metronom=metronome mandolin=mandolin akordeon=accordion ekran=screen ekran_görüntüsü=screenshot
taranmış=scanned taranmış_belge=scanned_document el_yazısı=handwriting levha=sign trafik_lambası=traffic_light dur_tabelası=stop_sign
giriş=entrance_hall antre=entrance_hall merdivenler=stairs tavan=ceiling zemin=floor çatı=roof baca=chimney çit=fence köşk=mansion
`;

export const TURKISH_WORDS: ReadonlyMap<string, string> = readPairs(PAIRS);

function readPairs(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const pair of text.trim().split(/\s+/)) {
    const [turkish, english] = pair.split('=');
    if (turkish !== undefined && english !== undefined)
      pairs.set(turkish.replaceAll('_', ' '), english.replaceAll('_', ' '));
  }
  return pairs;
}
