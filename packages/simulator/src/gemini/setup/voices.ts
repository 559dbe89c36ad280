/** The prebuilt voices that Google documents. */
export const VOICES: ReadonlySet<string> = new Set([
  'Zephyr', 'Kore', 'Orus', 'Autonoe', 'Umbriel', 'Erinome', 'Laomedeia', 'Schedar', 'Achird', 'Sadachbia',
  'Puck', 'Fenrir', 'Aoede', 'Enceladus', 'Algieba', 'Algenib', 'Achernar', 'Gacrux', 'Zubenelgenubi', 'Sadaltager',
  'Charon', 'Leda', 'Callirrhoe', 'Iapetus', 'Despina', 'Rasalgethi', 'Alnilam', 'Pulcherrima', 'Vindemiatrix', 'Sulafat'
])
