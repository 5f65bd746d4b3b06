"""Words of the work, explained for a new colleague."""

GLOSSARY = [
    ("Bevakning", "En påminnelse till dig om ett datum eller en händelse. Den försvinner när du klickar på Klar."),
    ("Delmål", "Ett steg på vägen. Det har en ansvarig, ett datum och ett bestämt sätt att följas upp."),
    (
        "Egen försörjning",
        "Målet: personen lever på arbete, studier, företag eller en annan ersättning än försörjningsstöd.",
    ),
    ("Flerpartssamtal", "Ett möte i tre delar där personen och minst två myndigheter deltar."),
    ("Försenad", "Dagen för det utlovade steget har passerat."),
    ("Handlingsplan", "Personens plan. Det finns en enda, och alla parter arbetar efter den."),
    ("Kartläggning", "Det personen kan, vill och behöver, med egna ord först."),
    ("LSG, lilla LSG", "Lokal samverkansgrupp. Lilla LSG är handläggarnas grupp, LSG chefernas."),
    ("Läge", "Det viktigaste att veta om ett ärende just nu."),
    ("Part", "En myndighet eller nämnd som arbetar med personen."),
    ("Samtycke", "Personens ja till att en part lämnar vissa uppgifter till en annan under en viss tid."),
    ("Skyddade personuppgifter", "Personen kan vara hotad. Adress, telefon och plats för möten visas inte."),
    ("Vilande", "Klockan för första mötet står still av en orsak som är antecknad innan tiden gick ut."),
]
