import t from 'tap'
import { collectionStopOf } from '../../src/speech/collection-stop.ts'

const table: Readonly<Record<string, readonly string[]>> = {
  dispute: [
    'dispute', 'Dispute: says the balance is wrong', 'dispute – he never took a loan', 'the caller disputes the debt', 'the caller says the debt is not theirs',
    'this is not my loan', 'says she does not have a loan', 'caller does not owe anything', 'I have already paid', 'he never borrowed', 'the amount is not correct',
    'thinks it is fraud', 'mkopo si wangu', 'hili si deni langu', 'sina mkopo', 'nimeshalipa', 'anapinga deni', 'mkopo huu si wangu'
  ],
  hardship: [
    'hardship', 'Hardship: lost her job', 'the caller cannot pay', "can't pay this month", 'has no money', 'is in hospital', 'i am broke', 'unable to pay on Friday',
    'siwezi kulipa', 'sina pesa', 'amefutwa kazi', 'hali ngumu sana', 'her child is in hospital and she cannot afford it'
  ],
  'wrong-party': [
    'wrong party', 'wrong number', 'Wrong person answered', 'the caller is not the borrower', 'she does not know the borrower', 'nobody here by that name', 'this is not my number',
    'umekosea namba', 'si mimi', 'simu si yangu', 'wrong party: it is a dispute of his brother'
  ],
  minor: [
    'minor', 'Minor: a child answered', 'the caller is a minor', 'caller is a child', 'speaking with a child', 'caller is 12 years old', 'underage', 'I am only a kid', 'mimi ni mtoto', 'under 18',
    'minor who says she has no money'
  ],
  none: [
    'wants a person', 'the caller asked for a person', 'is upset', 'caller is angry', 'a minor question about the statement', 'minor issue', 'asks about a new loan', 'no dispute, only a question',
    'not a hardship', 'cannot pay by M-Pesa, the menu fails', 'it is not my fault', 'wants to pay on Friday', 'the balance is 17 000', 'naomba mtu mwingine', 'nataka kuongea na mtu', 'the phone broke',
    'interest is 5 percent', 'wants to know whether a child can inherit', 'anataka taarifa', ''
  ]
}

for (const [stop, reasons] of Object.entries(table)) {
  for (const reason of reasons) {
    t.test(`'${reason}' is ${stop === 'none' ? 'no reason to stop' : stop}`, async (t) => {
      t.equal(collectionStopOf(reason), stop === 'none' ? null : stop)
    })
  }
}
