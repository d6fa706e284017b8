// Pages invented for this test, each a story and headlines of other stories behind it.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/split.h"

namespace samestory {
namespace {

struct LanguagePage {
  const char* lang;
  std::vector<std::string> story;
  std::vector<std::string> tail;
};

const std::vector<LanguagePage>& Pages() {
  static const auto* const pages = new std::vector<LanguagePage>{
      {"en",
       {"A landslide has closed the only road to the village of Hollin Bridge, cutting off some "
        "three hundred people.",
        "The slope gave way on Sunday night after a week of rain, the county's engineer said.",
        "Nobody was hurt, but boulders the size of cars lie across the road.",
        "\"We heard a roar like a train,\" said Bram Tolley, who keeps the village shop.",
        "Helicopters have brought bread, milk and medicine to Hollin Bridge since Monday.",
        "Engineers expect that clearing the road will take at least ten days."},
       {"Museum buys back stolen clock after forty years", "Swimmers cross strait in record time",
        "Central bank leaves interest rates where they are", "Why owls are moving into the suburbs",
        "Actor's diary sold for two million at auction"}},
      {"de",
       {"Nach einem Brand in der Papierfabrik von Erlenau sind am Dienstag rund zweihundert "
        "Menschen in Sicherheit gebracht worden.",
        "Das Feuer brach nach Angaben der Feuerwehr gegen vier Uhr morgens im Lager der Fabrik "
        "aus.",
        "Verletzt wurde niemand, doch der Rauch zog bis in die Altstadt von Erlenau.",
        "Die Feuerwehr war mit achtzig Leuten im Einsatz und konnte die Flammen am Vormittag "
        "löschen.",
        "Der Schaden in der Fabrik wird auf drei Millionen Euro geschätzt.",
        "Warum das Feuer ausbrach, ist noch nicht bekannt."},
       {"Rekordernte bei Äpfeln am Bodensee", "Zugverkehr nach Norden wieder ohne Halt",
        "Forscher finden älteste Flöte der Welt", "Trainer verlässt Verein nach nur drei Spielen",
        "Wie eine Stadt ohne Autos auskommt"}},
      {"fr",
       {"Le maire de Valbreuil a annoncé lundi la fermeture de la piscine municipale pour deux "
        "ans.",
        "Des experts ont découvert des fissures dans le toit de la piscine au mois de mars.",
        "Les travaux coûteront près de quatre millions d'euros, selon la mairie.",
        "« Nous n'avions pas le choix », a dit le maire devant le conseil municipal.",
        "Les clubs de natation devront s'entraîner dans la ville voisine.",
        "La piscine, construite en 1971, accueille chaque année cent mille nageurs."},
       {"Un tableau perdu retrouvé dans un grenier", "Les vendanges commencent plus tôt que jamais",
        "Nouvelle ligne de train entre deux capitales", "Comment les abeilles reviennent en ville",
        "Un marin de 70 ans achève son tour du monde"}},
      {"es",
       {"El ayuntamiento de Villarreja prohibirá los coches en el centro desde enero, anunció la "
        "alcaldesa el jueves.",
        "La medida afectará a unas veinte calles del centro histórico de la ciudad.",
        "Los vecinos podrán entrar con sus coches a cualquier hora, según la alcaldesa.",
        "Los comerciantes temen perder clientes y han convocado una protesta para el sábado.",
        "\"Nadie nos ha preguntado\", dijo el dueño de una zapatería de la calle mayor.",
        "El ayuntamiento promete dos nuevas líneas de autobús hasta el centro."},
       {"Descubren un barco romano frente a la costa", "La selección gana en el último minuto",
        "Sube el precio del aceite por tercer mes", "Cómo dormir mejor en las noches de calor",
        "Una novela escrita a mano llega al cine"}},
      {"ru",
       {"В городе Заречинске во вторник открылся новый мост через реку Светлую.",
        "Строительство моста продолжалось шесть лет и обошлось в два миллиарда рублей.",
        "По словам мэра, по мосту будут проезжать до тридцати тысяч машин в сутки.",
        "Старый мост, построенный в 1936 году, закроют на ремонт.",
        "Жители города ждали открытия моста много лет.",
        "На открытие пришли несколько тысяч человек, вечером над рекой был салют."},
       {"Учёные нашли следы древнего озера на Марсе", "Шахматист из Перми выиграл турнир в Риге",
        "Цены на пшеницу выросли второй месяц подряд", "Почему коты любят коробки",
        "Музей показал рукописи забытого поэта"}},
      {"hi",
       {"सूरजपुर में मंगलवार को नया अस्पताल खुल गया, जिससे आसपास के गाँवों को राहत मिलेगी।",
        "अस्पताल में दो सौ बिस्तर हैं और इसे बनाने में चार साल लगे।",
        "जिला अधिकारी ने कहा कि अस्पताल में तीस डॉक्टर काम करेंगे।",
        "पहले गाँव के लोगों को इलाज के लिए सत्तर किलोमीटर दूर जाना पड़ता था।",
        "अस्पताल के पहले दिन ही पाँच सौ मरीज़ पहुँचे।", "सरकार अगले साल सूरजपुर में नर्सिंग कॉलेज भी खोलेगी।"},
       {"क्रिकेट टीम ने आख़िरी गेंद पर जीता मैच", "प्याज के दाम फिर बढ़े", "वैज्ञानिकों ने खोजा नया ग्रह",
        "इस फ़िल्म ने पहले दिन कमाए दस करोड़", "मानसून की वापसी में देरी"}},
      {"zh",
       {"临河市周二宣布，新的地铁三号线将于明年五月通车。",
        "三号线全长二十八公里，共设十九个车站，连接火车站和大学城。",
        "市政府表示，地铁通车后从火车站到大学城只需要三十五分钟。",
        "工程在2019年开工，因为地下水问题推迟了两年。",
        "许多市民说，他们每天上班都盼着地铁早日通车。", "地铁公司计划下个月开始试运行。"},
       {"科学家在深海发现新鱼种", "国家队点球大战险胜对手", "老作家手稿拍出高价",
        "鸡蛋价格连续三周上涨", "怎样在阳台上种番茄"}},
      {"en",
       {"Two brothers from Orrick Vale have been fined for selling honey that was mostly sugar.",
        "Inspectors tested ninety jars from their farm after a complaint in the spring.",
        "Not one of the jars held more than a third of honey, the court in Orrick heard.",
        "The brothers said that a supplier had deceived them.",
        "The judge did not believe it and fined each of them four thousand pounds."},
       {"Lighthouse keeper retires after half a century", "Why the tides are getting higher",
        "Striker signs new contract until spring", "School choir sings for the president"}},
      {"de",
       {"Der Zoo von Lindenrode hat am Freitag drei junge Luchse vorgestellt.",
        "Die Tiere kamen im Mai zur Welt und wiegen inzwischen sechs Kilogramm.",
        "Ihre Mutter lebt seit neun Jahren im Zoo von Lindenrode.",
        "Besucher können die Luchse ab Montag sehen, sagte der Direktor des Zoos.",
        "Im nächsten Jahr sollen zwei der Tiere ausgewildert werden."},
       {"Neue Brücke über die Elbe wird teurer", "Pianistin gibt letztes Konzert in Dresden",
        "Was gegen Mücken wirklich hilft", "Mieten steigen langsamer als im Vorjahr"}},
      {"fr",
       {"Une tempête a privé d'électricité quarante mille foyers de la côte de Brévannes mercredi.",
        "Le vent a soufflé à cent quarante kilomètres à l'heure pendant la nuit.",
        "Les équipes du réseau d'électricité travaillent depuis l'aube sur la côte.",
        "Trois personnes ont été blessées par la chute d'un arbre.",
        "Le retour du courant est attendu jeudi soir dans la plupart des foyers."},
       {"Le chocolat n'a jamais coûté aussi cher", "Une comète visible à l'oeil nu en novembre",
        "Rugby : la capitaine blessée au genou", "Pourquoi les vélos disparaissent des trottoirs"}},
      {"es",
       {"Una avería dejó sin agua a medio Puerto Llano durante dos días.",
        "La tubería principal de agua se rompió el lunes por la noche, informó la empresa.",
        "Los bomberos repartieron agua con camiones en los barrios altos de Puerto Llano.",
        "La empresa pidió disculpas y prometió descontar los dos días de la factura.",
        "Los vecinos exigen una tubería nueva desde hace diez años."},
       {"El eclipse más largo del siglo", "Un robot aprende a pelar naranjas",
        "Vuelve el festival de cine a la playa", "La inflación baja por primera vez en el año"}},
      {"ru",
       {"Из зоопарка города Белореченска в понедельник сбежал молодой медведь.",
        "Медведя заметили жители на окраине города рано утром.",
        "Полиция попросила жителей не выходить из домов.",
        "К полудню сотрудники зоопарка усыпили медведя и вернули его в вольер.",
        "Директор зоопарка сказал, что замок вольера был сломан."},
       {"Новый спектакль открыл театральный сезон", "Как выбрать тёплую куртку на зиму",
        "Хоккеисты проиграли пятый матч подряд", "Рубль укрепился на открытии торгов"}},
      {"hi",
       {"नीलगढ़ में भारी बारिश से नदी का पुल टूट गया।",
        "पुल टूटने से नीलगढ़ के बीस गाँवों का रास्ता बंद हो गया है।",
        "प्रशासन ने नदी पार करने के लिए नावें लगाई हैं।",
        "अधिकारियों ने कहा कि नया पुल बनाने में एक साल लगेगा।",
        "गाँव के लोगों ने पुल जल्दी बनाने की माँग की है।"},
       {"सोने की क़ीमत में बड़ी गिरावट", "नई ट्रेन दिल्ली से चलेगी", "कबड्डी में भारत को स्वर्ण पदक",
        "सर्दियों में क्या खाएँ"}},
      {"zh",
       {"青石镇的一家造纸厂星期四凌晨发生火灾，没有人员伤亡。",
        "消防部门说，火是从造纸厂的仓库开始烧起来的。",
        "一百多名消防员用了六个小时才把大火扑灭。",
        "造纸厂负责人说，仓库里的纸全部烧毁，损失约八百万元。",
        "起火原因还在调查之中。"},
       {"乒乓球队包揽三枚金牌", "新电影首日票房过亿", "专家谈如何预防感冒", "高铁新线路下周开通"}},
  };
  return *pages;
}

std::string Join(const std::vector<std::string>& lines, const char* ending) {
  std::string text;
  for (const std::string& line : lines) text += line + ending;
  return text;
}

class Languages : public testing::TestWithParam<std::size_t> {
 protected:
  const LanguagePage& page() const { return Pages()[GetParam()]; }

  std::vector<LineRole> RolesOf(const std::string& text) const {
    SplitOptions options;
    options.lang = page().lang;
    const auto split = SplitPage(text, options);
    EXPECT_TRUE(split.ok());
    std::vector<LineRole> roles;
    for (const PageLine& line : split->lines) roles.push_back(line.role);
    return roles;
  }
};

TEST_P(Languages, TheTailIsCutOff) {
  std::vector<LineRole> expected(page().story.size() + page().tail.size(), LineRole::kOther);
  std::fill_n(expected.begin(), page().story.size(), LineRole::kMain);
  EXPECT_EQ(RolesOf(Join(page().story, "\n") + Join(page().tail, "\n")), expected);
}

TEST_P(Languages, AStoryAloneStaysWhole) {
  const auto roles = RolesOf(Join(page().story, "\n"));
  EXPECT_EQ(std::count(roles.begin(), roles.end(), LineRole::kOther), 0);
}

TEST_P(Languages, TheTailIsCutOffBehindParagraphs) {
  std::string text;
  for (std::size_t i = 0; i < page().story.size(); ++i) {
    text += page().story[i] + (i % 3 == 2 ? "\n" : " ");
  }
  const auto roles = RolesOf(text + "\n" + Join(page().tail, "\n"));
  ASSERT_GE(roles.size(), page().tail.size());
  const std::size_t story = roles.size() - page().tail.size();
  for (std::size_t i = 0; i < roles.size(); ++i) {
    EXPECT_EQ(roles[i], i < story ? LineRole::kMain : LineRole::kOther) << i;
  }
}

// Where headlines carry stops only words are left to tell by, and habits of words are known of
// English alone: headlines may stay, and some last lines of a story may go with them.
TEST(AllLanguages, MostOfTheStoriesStaysWhereHeadlinesHaveStops) {
  std::size_t lines = 0, kept = 0;
  for (const LanguagePage& page : Pages()) {
    const char* const ending = page.lang == std::string_view("zh") ? "。\n" : ".\n";
    SplitOptions options;
    options.lang = page.lang;
    const auto split = SplitPage(Join(page.story, "\n") + Join(page.tail, ending), options);
    ASSERT_TRUE(split.ok());
    for (std::size_t i = 0; i < page.story.size(); ++i) {
      ++lines;
      kept += split->lines[i].role == LineRole::kMain;
    }
  }
  EXPECT_GE(kept * 100, lines * 90) << kept << " of " << lines;
}

INSTANTIATE_TEST_SUITE_P(All, Languages, testing::Range<std::size_t>(0, 14),
                         [](const testing::TestParamInfo<std::size_t>& info) {
                           return Pages()[info.param].lang + std::to_string(info.param / 7);
                         });

}  // namespace
}  // namespace samestory
