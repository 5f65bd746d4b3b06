"""The consent text that every installation starts with. In each language it says the same."""

SWEDISH = """\
Flera myndigheter kan hjälpas åt kring dig. För att de ska få prata med varandra om dig behövs att du säger ja.

Du bestämmer vem som får lämna uppgifter, till vem, vilka uppgifter det gäller och hur länge.

Du kan säga nej. Ett nej påverkar inte din rätt att söka försörjningsstöd. Då arbetar varje myndighet för sig.

Du kan ångra dig när du vill. Säg till någon av oss. Från den stunden lämnas inga fler uppgifter. \
Uppgifter som redan har lämnats finns kvar hos den som fick dem.

Sekretessen hos Arbetsförmedlingen och Försäkringskassan är svagare än hos socialtjänsten och vården. \
Därför lämnar vi så lite som möjligt.

I några få fall säger lagen att en myndighet måste lämna uppgifter även utan ditt ja."""

EASY_SWEDISH = """\
Myndigheter kan hjälpa dig tillsammans.
Då behöver de prata med varandra om dig.
De får bara göra det om du säger ja.

Du bestämmer.
Du bestämmer vem som får berätta,
vem som får veta,
vad de får veta
och hur länge.

Du kan säga nej.
Du får söka försörjningsstöd ändå.
Då arbetar varje myndighet för sig.

Du kan ångra dig när du vill.
Säg det till någon av oss.
Då slutar vi att berätta på en gång.
Det som vi redan har berättat
finns kvar hos dem som fick veta det.

Alla som arbetar med dig har tystnadsplikt.
Men reglerna är inte lika hårda överallt.
De är svagare på Arbetsförmedlingen och Försäkringskassan
än hos socialtjänsten och vården.
Därför berättar vi så lite som möjligt.

Ibland säger lagen
att en myndighet måste berätta,
även om du har sagt nej.
Det händer bara i några få fall."""

ENGLISH = """\
Several public authorities can work together to help you. Before they may talk to each other about you, \
you have to say yes.

You decide who may share information, with whom, which information and for how long.

You can say no. Saying no does not affect your right to apply for financial assistance (försörjningsstöd). \
Each authority then works on its own.

You can change your mind at any time. Tell any one of us. From that moment no more information is shared. \
Information that has already been shared stays with the authority that received it.

Secrecy is weaker at Arbetsförmedlingen (the Swedish Public Employment Service) and Försäkringskassan \
(the Swedish Social Insurance Agency) than in the social services and health care. \
That is why we share as little as possible.

In a few cases the law says that an authority must share information even without your yes."""

# (language, easy to read, heading, text)
CONSENT_TEXTS = [
    ("sv", False, "Samtycke till att myndigheter delar uppgifter", SWEDISH),
    ("sv", True, "Får vi berätta för varandra?", EASY_SWEDISH),
    ("en", False, "Consent to authorities sharing information", ENGLISH),
]
