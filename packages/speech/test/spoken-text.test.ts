import { digitWords, numberWords, spokenText } from '@karani/speech'
import t from 'tap'

for (const [written, spoken] of [
  ['You owe KES 2,000.', 'You owe two thousand shillings.'],
  ['KES 12,500.50 is overdue', 'twelve thousand five hundred shillings and fifty cents is overdue'],
  ['KES 1', 'one shilling'],
  ['KSh500, please', 'five hundred shillings, please'],
  ['You promise to pay 3100 shillings by 27 November', 'You promise to pay three thousand one hundred shillings by 27 November'],
  ['Parcel TRK-427 is here', 'Parcel T R K four two seven is here'],
  ['Call +254712345678', 'Call two five four seven one two three four five six seven eight'],
  ['There are 1,250 of them', 'There are one thousand two hundred fifty of them'],
  ['In 1990, at 3 pm, 28 November', 'In 1990, at 3 pm, 28 November'],
  ['A well-known T-shirt', 'A well-known T-shirt']
] as const) {
  t.test(`"${written}" is read "${spoken}"`, async (t) => { t.equal(spokenText(written), spoken) })
}

t.test('numbers have words', async (t) => {
  t.equal(numberWords(0), 'zero')
  t.equal(numberWords(90), 'ninety')
  t.equal(numberWords(56_000), 'fifty six thousand')
  t.equal(numberWords(1_000_101), 'one million one hundred one')
  t.equal(digitWords('4821'), 'four eight two one')
})
