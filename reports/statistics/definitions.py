"""How each figure is counted, in words that stand beside it."""

IN_TIME = (
    "Ärenden vars fjortonde dag inföll i månaden. I tid är ett första möte som hölls med personen, senast den"
    " fjortonde dagen räknat från ansökan eller anmälan på AF. Läget är det som gällde månadens sista dag."
)
LATE = (
    "Ett försenat möte är förklarat när en orsak var antecknad på ärendets klocka innan månaden slutade. Att klockan"
    " har vilat flyttar inte dagen som måttet räknas från: ett möte efter den fjortonde är försenat, men förklarat."
)
IN_TIME_SPLIT = IN_TIME + " Uppdelningen visas bara när varje rad har minst fem ärenden."
IN_TIME_YEAR = "Samma mått för de tolv månader som slutar med den här."
EXCLUDED = (
    "Räknas inte i måttet: ärenden som avslutades före sin fjortonde dag, eller medan klockan vilade. Orsaken är den"
    " som valdes när ärendet avslutades."
)
DELAYS = "Första möten som hölls i månaden, efter antal dagar från att klockan startade. Startdagen är dag 0."
TO_MEETING = (
    "Medianen av dagar från ansökan (eller anmälan på AF, om den kom först) till det första mötet, för möten som"
    " hölls i månaden. Hälften väntade kortare, hälften längre."
)
TO_ACTIVITY = (
    "Medianen av dagar från det första mötet till det första delmålets startdag, för delmål som startade i månaden."
    " Var delmålet redan i gång räknas noll dagar."
)
FLOW = (
    "Nya: ärenden som öppnades i månaden. Avslutade: ärenden som avslutades i månaden. Pågående: ärenden som var"
    " öppna när månaden slutade."
)
MEETINGS = "Möten som hölls i månaden, med personen eller utan. Kön är personens, inte handläggarens."
FORMS = "Samma möten, efter hur man sågs."
NO_SHOWS = "Bokade möten i månaden där personen inte kom, efter orsak."
CALLED_OFF = (
    "Möten som skulle ha varit i månaden och ställdes in eller fick en ny tid, efter vem som bad om det. Parten är den"
    " organisation som bad om det."
)
AGREED = (
    "Planversioner som personen och alla parter i ärendet har godtagit. Räknas i den månad då den sista sa ja."
    " Andelen är öppna ärenden med en överenskommen plan, av alla öppna ärenden när månaden slutade."
)
MILESTONES = "Delmål som blev klara i månaden."
OUTCOMES = "Ärenden som avslutades under de tolv månader som slutar med den här, efter vart personen gick."
VOICE = "Deltagarnas svar efter möten i månaden: blev du lyssnad på? Frågan är frivillig."
FIDELITY = (
    "Hållna trepartssamtal, uppföljningar och överlämningar de senaste 90 dagarna. Andelar och medelvärden visas när"
    " det finns minst fem möten, och det handläggarna svarade när minst fem olika har svarat. Tiderna är planerade och"
    " använda minuter i medeltal."
)
LOOKING_BACK = (
    "Möten som hölls under de tre senaste hela månaderna, så att ett nytt svar inte går att känna igen den dag det kom."
    " Medelvärden visas när minst fem olika handläggare har svarat, observatörens när minst fem möten"
    " är med, deltagarnas när minst fem har svarat. Rader visas utan namn, i bokstavsordning, när minst fem olika har"
    " skrivit en. Var vi har mötts gäller de tolv senaste hela månaderna."
)
NEEDS = (
    "Behov som lyfts utan namn och inte har fått svar när månaden slutade. Väntetiden räknas från den dag de lyftes."
)
PROMISES = (
    "Andel delmål som myndigheten ansvarade för och som blev klara senast på sin dag, av dem vars dag inföll under de"
    " tolv månader som slutar med den här. Delmål som avslutades av annat skäl räknas inte."
)
COHORT_OUTCOMES = "Vart deltagarna gick när ärendet avslutades. Varje deltagare räknas en gång."
COHORT_MEETINGS = "Hållna möten per deltagare under projekttiden."
COHORT_STAFF = "Handläggare som var med vid minst ett hållet möte, och hur många möten deras organisation var med vid."
COHORT_ORIGINS = "Om personen var ny för parterna eller redan känd när ärendet öppnades."
COHORT_SUS = "Om deltagaren registrerades i SUS, det gemensamma uppföljningssystemet. Orsaken står i ärendet."
COHORT_SEXES = "Deltagarna i projektet. Resultatet delas på kön bara när varje rad har minst fem personer."
