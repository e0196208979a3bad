"""Words that values of special categories are written with, as :func:`name_words.words` cuts them.

Lists of the common ones: a column of a category is told by most of its values, not by each.
"""

from audit.pii.name_words import phrases

VALUES = {
    "religion": phrases(
        "christian, christianity, christianism, catholic, roman catholic, protestant, lutheran, "
        "evangelical, evangelisch, katholisch, romisch katholisch, baptist, methodist, anglican, "
        "presbyterian, pentecostal, mormon, lds, jehovah s witness, jehovas witness, muslim, "
        "islam, islamic, sunni, shia, sufi, hindu, hinduism, buddhist, buddhism, jewish, judaism, "
        "jew, sikh, sikhism, jain, jainism, shinto, taoist, taoism, bahai, zoroastrian, atheist, "
        "atheism, agnostic, agnosticism, eastern orthodox, greek orthodox, russian orthodox, "
        "konfessionslos, muslimisch, islamisch, judisch, catholique, protestante, musulman, "
        "juif, bouddhiste, athee, catolico, catolica, judio, budista, ateo, cattolico, "
        "musulmano, ebreo, episcopalian, quaker, church of england, no religion, pagan, wiccan"
    ),
    "orientation": phrases(
        "heterosexual, homosexual, gay, lesbian, bisexual, pansexual, asexual, queer, demisexual, "
        "heterosexuell, homosexuell, bisexuell, lesbisch, schwul, heterosexuel, homosexuel, "
        "bisexuel, heterosessuale, omosessuale, bisessuale, gay or lesbian, "
        "heterosexual or straight, gay lesbian"
    ),
    "ethnic": phrases(
        "hispanic, latino, latina, hispanic or latino, hispanic latino, not hispanic or latino, "
        "non hispanic, caucasian, african american, black or african american, "
        "black african american, native american, american indian, alaska native, "
        "american indian or alaska native, american indian alaska native, native hawaiian, "
        "pacific islander, asian pacific islander, asian pac islander, amer indian eskimo, "
        "native hawaiian or other pacific islander, asian, asian american, white british, "
        "white irish, white other, black african, black caribbean, black british, "
        "british asian, mixed white and black caribbean, mixed white and asian, arab, "
        "middle eastern, middle eastern or north african, roma, traveller, gypsy, aboriginal, "
        "indigenous, maori, han, han chinese, uyghur, tibetan, kurdish, ashkenazi, latinx, "
        "biracial, multiracial, two or more races, mixed race, mestizo, south asian, east asian, "
        "southeast asian, white non hispanic, black non hispanic, non hispanic white, "
        "non hispanic black, african, coloured, pashtun, hazara, yoruba, igbo, hausa, zulu, xhosa"
    ),
    "politics": phrases(
        "democrat, democratic, democratic party, republican, republican party, libertarian, "
        "libertarian party, green party, labour, labour party, conservative, conservative party, "
        "tory, liberal democrat, liberal democrats, snp, plaid cymru, ukip, reform uk, cdu, csu, "
        "spd, fdp, afd, die linke, bundnis 90 die grunen, die grunen, bsw, cdu csu, "
        "rassemblement national, les republicains, parti socialiste, la france insoumise, "
        "renaissance, psoe, partido popular, podemos, vox, lega, fratelli d italia, "
        "forza italia, partito democratico, movimento 5 stelle, bjp, congress party, "
        "communist party, socialist, communist, left wing, right wing, far right, far left, "
        "very liberal, very conservative, slightly liberal, slightly conservative, "
        "extremely liberal, extremely conservative"
    ),
    "disease": phrases(
        "diabetes, type 1 diabetes, type 2 diabetes, diabetes type 1, diabetes type 2, "
        "diabetes mellitus, hypertension, asthma, cancer, breast cancer, lung cancer, "
        "prostate cancer, colon cancer, skin cancer, leukemia, leukaemia, lymphoma, melanoma, "
        "arthritis, rheumatoid arthritis, osteoarthritis, osteoporosis, depression, anxiety, "
        "anxiety disorder, bipolar disorder, schizophrenia, adhd, autism, ptsd, dementia, "
        "alzheimer s, alzheimer s disease, alzheimers, parkinson s, parkinson s disease, "
        "epilepsy, migraine, multiple sclerosis, stroke, heart disease, heart failure, "
        "heart attack, coronary artery disease, atrial fibrillation, myocardial infarction, "
        "copd, bronchitis, pneumonia, tuberculosis, influenza, flu, covid 19, covid, hiv, aids, "
        "hepatitis, hepatitis b, hepatitis c, malaria, dengue, typhoid, cholera, measles, "
        "chickenpox, obesity, anemia, anaemia, eczema, psoriasis, acne, gastritis, ulcer, "
        "crohn s disease, ulcerative colitis, kidney disease, chronic kidney disease, "
        "kidney failure, liver disease, cirrhosis, jaundice, thyroid disorder, hypothyroidism, "
        "hyperthyroidism, glaucoma, cataract, sepsis, gonorrhea, syphilis, chlamydia, "
        "endometriosis, insomnia, sleep apnea, allergy, common cold, diabetes mellitus type 2, "
        "bluthochdruck, krebs, depressionen, asthme, cancer du sein, cancer de mama"
    ),
    "medicine": phrases(
        "metformin, insulin, lisinopril, atorvastatin, simvastatin, amlodipine, metoprolol, "
        "omeprazole, losartan, albuterol, salbutamol, gabapentin, hydrochlorothiazide, "
        "sertraline, fluoxetine, citalopram, escitalopram, paracetamol, acetaminophen, "
        "ibuprofen, aspirin, amoxicillin, azithromycin, ciprofloxacin, doxycycline, penicillin, "
        "prednisone, levothyroxine, warfarin, clopidogrel, furosemide, pantoprazole, tramadol, "
        "morphine, oxycodone, codeine, diazepam, alprazolam, lorazepam, zolpidem, quetiapine, "
        "risperidone, olanzapine, lithium, venlafaxine, bupropion, duloxetine, methotrexate, "
        "tamoxifen, ramipril, bisoprolol, naproxen, diclofenac, cetirizine, loratadine, "
        "montelukast, rosuvastatin, pravastatin, glipizide, sitagliptin, methylphenidate, "
        "lipitor, prozac, xanax, zoloft, viagra, ventolin, lamotrigine, carbamazepine"
    ),
}
"""By kind: words that say it by themselves."""

WEAK = {
    "religion": phrases("orthodox, spiritual, secular, reformed, folk religion, humanist"),
    "orientation": phrases("straight, questioning, lesbe, hetero, homo, bi"),
    "ethnic": phrases("white, black, indian, chinese, pakistani, bangladeshi, european, native"),
    "politics": phrases(
        "liberal, independent, moderate, green, greens, grune, linke, left, right, centre, "
        "center, progressive, reform, labor"
    ),
    "medicine": phrases("placebo, statin, vitamin d"),
}
"""Words that are something else as well: they count beside two that are not."""
