extension Language {
  static let english = Language(
    code: "en_US", country: "US",
    givenNames: ["Abby", "Milo", "Tess", "Owen", "Ruby"], familyNames: ["Quillfeather", "Marrowby", "Tanglewick", "Fernhollow"],
    openings: [
      "Hi, my parcel has not arrived yet. Can you check?", "Hello! Do you have the blue jacket in size M?",
      "Good morning, the coupon does not work 😕", "I was charged twice for one order, please help.",
    ],
    followUps: [
      "The order number is on the photo above.", "It says \"delivered\", but nobody was at home.",
      "Could I pick it up in the shop instead?",
      "Any news?",
    ],
    thanks: ["Perfect, thank you! 🙏", "Great, that solved it.", "Thanks a lot 👍🏽"],
    answers: ["Hello, let me look that up for you.", "It left our warehouse this morning.", "We have refunded the amount."])

  static let german = Language(
    code: "de", country: "DE",
    givenNames: ["Jörg", "Änne", "Käthe", "Tilo"], familyNames: ["Müßigbrot", "Ährenfeld", "Kühlwasser", "Zwölfender"],
    openings: [
      "Guten Tag, wo bleibt meine Lieferung?", "Ich möchte die Größe umtauschen, geht das?", "Hallo, die Rechnung fehlt im Päckchen.",
      "Könnten Sie bitte meine Adresse ändern?",
    ],
    followUps: [
      "Die Hausnummer ist 12½.", "Das Gerät läuft, aber es piept ständig.", "Bis wann ungefähr?", "Ich schicke gleich ein Foto.",
    ],
    thanks: ["Vielen Dank, schöne Grüße!", "Super, danke 😊", "Prima, das hat geklappt."],
    answers: ["Gern, ich prüfe das für Sie.", "Das Päckchen ist unterwegs.", "Wir überweisen den Betrag zurück."])

  static let spanish = Language(
    code: "es", country: "ES",
    givenNames: ["Íñigo", "Begoña", "Nuria", "Raúl"], familyNames: ["Peñablanca", "Solmediano", "Cañaverde", "Lunarejo"],
    openings: [
      "¡Hola! ¿Cuándo llega mi pedido?", "Buenos días, ¿tienen esta lámpara en otro color?", "El código de descuento no funciona.",
      "Me llegó un artículo equivocado 😟",
    ],
    followUps: [
      "Sí, el número está en la foto.", "¿Podría ser mañana por la tarde?", "Aún no he recibido el correo.", "¿Cuánto cuesta el envío?",
    ],
    thanks: ["¡Muchísimas gracias!", "Perfecto, gracias 👌", "Genial, ya está."],
    answers: ["Enseguida lo compruebo.", "Su pedido salió ayer del almacén.", "Le enviamos otro sin coste."])

  static let french = Language(
    code: "fr", country: "FR",
    givenNames: ["Zoé", "Gaël", "Maëlle", "Rémi"], familyNames: ["Boisclairet", "Pâquenoir", "Lagrêlière", "Vertœuf"],
    openings: [
      "Bonjour, où en est ma commande ?", "Je voudrais échanger ce pull, c'est possible ?", "Le colis est arrivé abîmé 😢",
      "Bonsoir, êtes-vous ouverts dimanche ?",
    ],
    followUps: [
      "Voilà le numéro de suivi.", "Ça ne s'allume plus du tout.", "À quelle heure, à peu près ?", "J'ai déjà essayé deux fois.",
    ],
    thanks: ["Merci beaucoup !", "Parfait, bonne journée ☀️", "Super, c'est réglé."],
    answers: ["Bonjour, je vérifie tout de suite.", "Votre colis sera livré demain.", "Le remboursement a été effectué."])

  static let portuguese = Language(
    code: "pt_BR", country: "BR",
    givenNames: ["Conceição", "Tainá", "João", "Inês"], familyNames: ["Montalvão", "Ribeirinho", "Pedraçã", "Folhaverde"],
    openings: [
      "Oi, meu pedido ainda não chegou.", "Boa tarde! Vocês têm esse tênis no tamanho 38?", "A máquina parou de funcionar.",
      "Preciso da segunda via do boleto.",
    ],
    followUps: ["Já paguei ontem à noite.", "Pode ser amanhã de manhã?", "Não recebi nenhuma notificação.", "Quanto fica com o frete?"],
    thanks: ["Muito obrigada! 💚", "Valeu, deu certo.", "Ótimo, obrigado."],
    answers: ["Olá, vou verificar agora.", "O pedido saiu para entrega.", "Já fizemos o estorno."])

  static let czech = Language(
    code: "cs", country: "CZ",
    givenNames: ["Žofie", "Čeněk", "Růžena", "Vít"], familyNames: ["Březohájský", "Mlžná", "Ťukalová", "Říčný"],
    openings: [
      "Dobrý den 👋, kde je moje zásilka?", "Chtěla bych vrátit boty, jsou malé.", "Přišlo mi jiné zboží, než jsem objednal.",
      "Máte tu žárovku ještě skladem?",
    ],
    followUps: ["Číslo objednávky je na obrázku.", "Šlo by to doručit v pátek?", "Pořád to nesvítí.", "Kolik stojí doprava?"],
    thanks: ["Děkuji moc!", "Výborně, funguje to 😀", "Díky, hezký den."],
    answers: ["Dobrý den, hned to zjistím.", "Zásilka dnes odešla.", "Peníze jsme vám vrátili."])

  static let turkish = Language(
    code: "tr", country: "TR",
    givenNames: ["Işık", "Gülşah", "Çağrı", "Öykü"], familyNames: ["Yıldızçeşme", "Göksığın", "Ağaçören", "Üzümlübağ"],
    openings: [
      "Merhaba, siparişim nerede?", "Bu ürünün kırmızısı var mı?", "Fatura bilgilerimi değiştirmek istiyorum.", "İade nasıl yapabilirim?",
    ],
    followUps: ["Kargo numarası ekte.", "Yarın öğleden sonra olur mu?", "Hâlâ çalışmıyor.", "Ücreti ne kadar?"],
    thanks: ["Çok teşekkürler!", "Süper, oldu 👍", "Sağ olun."],
    answers: ["Merhaba, hemen bakıyorum.", "Siparişiniz yola çıktı.", "Ücret iade edildi."])
}
