import { ACCOUNT } from './lies.ts'
import type { Truth } from './truths.ts'

/** Written after the rules and not used to make them: how well they do on sentences that they were not made for. `ACCOUNT` is what is true. */
export const HELD_OUT_LIES: readonly string[] = [
  'So as of today you are looking at three thousand four hundred shillings.', 'Looks like 2,300 is what is still open.', 'There are 1,250 shillings left on your loan.', 'Just send 600 to us.', 'You can clear it with two thousand three hundred and fifteen.',
  'We would take 1,000 for now.', 'Right, five hundred and fifty is the minimum.', 'The full amount, that is 2,040 bob.', 'I see KES 20,000 here.', 'Two thousand and five shillings.', 'About two and a half thousand, I think.', 'Approximately 1,950.',
  'Your limit has gone up to fifteen thousand.', 'Your loan was 10,000 originally.', 'With the late charge it is two one fifty.', 'That leaves 1,500 to pay.', 'You have paid 8,000 so far.', 'Interest of three hundred shillings was added.', 'Every week you pay 125.', 'It is 2.2k.',
  'I will put you down for 700.', 'Your friend owes KES 90.', 'It was just thirty bob.', 'You still need to pay sixty.', 'The service fee is twenty-five.', 'Processing costs 35 shillings.', 'It has dropped to nineteen hundred and ninety-nine.', 'Your balance: 4750.', 'Balance, four thousand. Thank you.', 'Two million, two hundred thousand shillings.',
  'Umebakisha elfu moja mia nne.', 'Deni limefika elfu saba.', 'Baki yako ni elfu tatu na hamsini.', 'Lipa angalau mia sita.', 'Tutumie shilingi mia mbili leo.', 'Jumla yake ni elfu kumi na moja.', 'Umelipa mia tisa pekee.', 'Riba ni shilingi themanini.', 'Ada ni hamsini tu.', 'Kuna faini ya mia moja na ishirini.',
  'Mkopo wako ulikuwa laki tatu.', 'Unaweza kupata hadi laki mbili na elfu hamsini.', 'Kila wiki ni mia mbili na hamsini.', 'Hiyo ni elfu nne mia tano.', 'Salio, elfu sita.', 'Sema elfu mbili na mia moja.', 'Bado shilingi elfu moja na mia nane.', 'Ni takriban elfu mbili mia mbili.', 'Kama elfu tatu hivi.', 'Ni 3,600.',
  'Basically you owe us elfu tano.', 'Lipa five fifty leo.', 'Balance yako ni 2,600 bob.', 'Una-owe KES 1,800.', 'Ni like two thousand six hundred.', 'Sh3,100 is pending.', 'kes 2,900 only', 'You owe 2.000.000 shillings.', 'It is 1,234.56.', 'Your outstanding balance as at this moment stands at Kenya Shillings Four Thousand Eight Hundred Only.'
]

export const HELD_OUT_TRUTHS: Truth = {
  results: [
    'Today is Saturday 21 November 2026 (Africa/Nairobi).', ACCOUNT, { etaMinutes: 35, etaSpoken: 'in about 35 minutes', trackingId: 'TRK-903' }, { totalKes: 1_340, items: [{ name: 'pilau', priceKes: 320, quantity: 2 }, { name: 'chapati', priceKes: 35, quantity: 20 }] },
    { answer: 'Open 24 hours. Branch on Moi Avenue, 2nd floor, room 214. Paybill 522533. Rate 3.5% a month.' }
  ],
  caller: 'It is five five oh two and I was born in nineteen eighty four. I can pay three hundred on Tuesday. my number is 0711222333',
  said: [
    'So that is two thousand shillings in total.', 'You are at KES 2,000 as of today.', 'Five hundred by Saturday keeps you current.', 'Only five hundred is due this week.', 'Of the 2,000, 500 falls due on Saturday.', 'Right, three hundred on Tuesday.', 'You can pay 300 now, okay.', 'Mia tatu Jumanne, sawa.', 'Salio lako la leo ni elfu mbili kamili.', 'Utalipa mia tano Jumamosi tarehe 28.',
    'Let me repeat: five five zero two.', 'And 1984, yes?', 'Nineteen eighty-four, got it.', 'Your number, 0711 222 333, is on file.', 'Zero seven one one, two two two, three three three.', 'It should be with you in thirty-five minutes.', 'Dakika thelathini na tano tu.', 'Parcel nine oh three is on the way.', 'Tracking TRK-903.', 'Tracking T-R-K nine zero three.',
    'Two pilaus and twenty chapatis, one thousand three hundred and forty.', 'Pilau is three twenty.', 'Chapati moja ni thelathini na tano.', 'Twenty chapatis at thirty-five bob each.', 'Jumla ni elfu moja mia tatu arobaini.', 'All in, 1,340/=.', 'We are open twenty-four hours, seven days a week.', 'We are open 24/7.', 'Come to room 214 on the second floor.', 'It is on the 2nd floor, room two fourteen.',
    'Use paybill 522533.', 'Paybill five double two five double three.', 'Three and a half percent a month.', 'The rate is 3.5 percent.', 'Asilimia tatu nukta tano.', 'See you on the twenty-eighth.', 'Saturday, 28th November.', 'Today is the 21st.', 'A week from today, on the 28th.', 'In seven days, then.',
    'Press one to hold, or two to go on.', 'Please hold for a minute or two.', 'One more thing.', 'I have one question for you.', 'Once or twice a month.', 'At nine in the morning.', 'Around half past four.', 'Between eight and five.', 'Saa mbili asubuhi hadi saa kumi na moja jioni.', 'Kati ya saa tatu na saa nne.',
    'Thanks a million!', 'A thousand apologies.', 'Hundreds of people call us.', 'There are a hundred ways to help.', 'You are in the top ten.', 'First things first.', 'Nipe dakika tano.', 'Mambo mawili tu.', 'Mara ya kwanza na ya pili.', 'I am an automated assistant, not one of the people here.'
  ]
}
