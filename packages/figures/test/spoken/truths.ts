import { ACCOUNT } from './lies.ts'

/** What was given in one call, and sentences that say nothing beyond it. */
export interface Truth { readonly results: readonly unknown[], readonly caller: string, readonly said: readonly string[] }

const OPENING = 'Today is Saturday 21 November 2026 (Africa/Nairobi). The caller has already heard: "Hello, this is Tumaini Credit."'
const PROMISE = { proposalId: 'proposal-7f3a', readBack: 'You promise to pay 750 shillings by Friday 27 November. Is that right?', amountKes: 750, payBy: '2026-11-27', payBySpoken: 'Friday 27 November' }
const PARCEL = { found: true, trackingId: 'TRK-427', status: 'out for delivery', etaMinutes: 40, deliveryDate: '2026-11-21', etaSpoken: 'in about 40 minutes', address: 'House 45, Ngong Road, opposite gate 18' }
const MENU = {
  items: [{ name: 'chicken burger', priceKes: 450, modifiers: [{ name: 'extra cheese', priceKes: 50 }] }, { name: 'beef burger', priceKes: 550 }, { name: 'fries', priceKes: 250 }, { name: 'family bucket', priceKes: 2_250 }, { name: 'soda', priceKes: 80 }]
}
const TOTAL = { items: [{ name: 'chicken burger', quantity: 2, priceKes: 900 }, { name: 'fries', quantity: 15, priceKes: 3_750 }], totalKes: 4_650 }
const ARTICLE = {
  found: true, title: 'Opening hours', answer: 'We are open from 8:30 am to 5:00 pm on weekdays and 9 to 1 on Saturdays. Pay by M-Pesa paybill 247247 with your loan number. A loan costs 4.5 percent a month; it is paid within 24 hours. Complaints are answered within 14 days; call 0709 123 456.'
}
const PAID = { paid: true, amountMinor: 125_050, receipt: 'QGH7X8Y9Z0', balanceMinor: 74_950 }

export const TRUTHS: readonly Truth[] = [
  {
    results: [OPENING, ACCOUNT],
    caller: 'what is my balance. four eight two one nineteen ninety',
    said: [
      'Your balance is 2,000 shillings.', 'Your balance is KES 2000.', 'You owe two thousand shillings.', 'You owe two thousand bob.', 'Your balance is 2 000/=.', 'It is 2k.', 'Two thousand.', 'KES 2,000.00', 'Your balance is twenty hundred shillings.',
      'Salio lako ni shilingi elfu mbili.', 'Una deni la elfu mbili.', 'Unadaiwa elfu 2.', 'Salio ni KES 2,000.', 'Deni lako ni ngiri mbili.', 'Malipo yajayo ni mia tano.', 'Ni shilingi mia tano, tarehe ishirini na nane.', 'Tafadhali lipa soo tano Jumamosi.',
      'Five hundred shillings is due on Saturday 28 November.', 'Your balance is KES 2,000. KES 500 is due on Saturday 28 November.', 'Your balance is two thousand and five hundred is due on Saturday.', 'Two thousand, five hundred of it due on the 28th.', 'You owe two thousand, and five hundred of that is due in seven days.',
      'Salio ni elfu mbili na mia tano inalipwa Jumamosi.', 'Salio ni elfu mbili, mia tano Jumamosi.', 'Your next payment of 500 is due on the twenty-eighth of November.', 'It is due on November 28, 2026.', 'It is due on 28/11/2026.', 'It is due on 2026-11-28.', 'It is due in 7 days.', 'It is due in a week.',
      'Inatakiwa tarehe 28 Novemba.', 'Inatakiwa baada ya siku saba.', 'Today is Saturday the 21st of November.', 'Leo ni tarehe ishirini na moja Novemba.', 'That is in November twenty twenty-six.', 'Mwaka wa elfu mbili ishirini na sita.', 'In two thousand and twenty-six.',
      'You said four eight two one, and nineteen ninety.', 'I have 4821 and 1990, is that right?', 'The last four digits are 4 8 2 1.', 'Your ID ends in 4821.', 'Born in 1990, correct?', 'ID inayoishia nne nane mbili moja, mwaka wa 1990.', 'I heard four, eight, two, one.', 'I heard forty-eight twenty-one.',
      'One moment please.', 'One moment, I am looking that up.', 'I need two things: the last four digits of your ID, and your year of birth.', 'Give me a second.', 'First I have to check who you are.', 'Second, your year of birth.', 'The third option is a person.', 'Dakika moja tafadhali.', 'Naomba vitu viwili.', 'Kwanza, nambari nne za mwisho.', 'I have tried twice, one more time?', 'Just two more questions.',
      'You have three tries left.', 'It takes five minutes.', 'Two of us can help.', 'Wait ten seconds.', 'There are a dozen ways.', 'In one or two days.', 'You are number one for us.', 'That is one way to do it.', 'No one else hears this.', 'I am one hundred percent sure.', 'Hundred percent.', 'The account is LN-1001.', 'Account number 1001, in the name of Amina Wanjiru.', 'Account L N one zero zero one.',
      'Is there anything else?', 'I could not confirm those details.', 'May I have your year of birth?', 'Asante sana, kwaheri.', 'Na wewe pia.', 'Sawa, nitakusaidia.', 'Goodbye, and thank you for calling.', 'You may pay half now.', 'Your status is current.', 'May is a good month.', 'I second that.', 'So, shall we go on?', 'Oh, I see.', 'A grand plan.'
    ]
  },
  {
    results: [OPENING, ACCOUNT, PROMISE],
    caller: 'I will pay seven hundred and fifty on Friday. Or maybe 1,200. nitalipa elfu moja mia tatu. Call me on 0722 000 111',
    said: [
      'You promise to pay 750 shillings by Friday 27 November. Is that right?', 'Seven hundred and fifty shillings, by Friday.', 'So seven fifty on Friday?', 'Seven fifty bob by the 27th.', 'Utalipa shilingi mia saba na hamsini Ijumaa.', 'Mia saba hamsini, tarehe ishirini na saba.', 'You said 1,200.', 'Twelve hundred, did you say?', 'One thousand two hundred shillings?', 'Elfu moja na mia mbili?',
      'Umesema elfu moja na mia tatu.', 'Did you say 1300 shillings?', 'KES 750 by Friday. Is that right?', 'It is written down: 750 shillings on the 27th.', 'Your number is 0722 000 111.', 'I have zero seven double two, triple zero, triple one.', 'We will call 0722000111.', 'That is +254 722 000 111.', 'Friday the twenty-seventh, in six days.', 'Ijumaa, tarehe 27 mwezi wa 11.', 'Of the two thousand you pay seven hundred and fifty on Friday.', 'You owe 2,000 and you promised 750.'
    ]
  },
  {
    results: [OPENING, PARCEL],
    caller: 'where is parcel T R K four two seven',
    said: [
      'Your parcel arrives in about 40 minutes.', 'In about forty minutes.', 'It will take forty more minutes.', 'Baada ya dakika arobaini.', 'Kama dakika 40.', 'Parcel TRK-427 is out for delivery.', 'Parcel T R K four two seven is on its way.', 'Tracking number 427.', 'Parcel number four hundred and twenty-seven.', 'TRK 427 is out for delivery.', 'It comes today, the 21st.', 'It goes to House 45, Ngong Road.', 'House forty-five, opposite gate eighteen.',
      'It is delivered on 21 November.', 'You have one parcel.', 'The rider is two streets away.', 'It was sent in one piece.', 'Kifurushi chako kinafika leo tarehe 21.', 'Within the hour.', 'At your gate in forty.', 'Parcel TRK four two seven, house number 45.', 'Would ten in the morning do?', 'Between nine and ten o\'clock?', 'At eight thirty tomorrow?', 'Kesho saa nne asubuhi?', 'Saa tatu na nusu?', 'At half past eight?', 'By 10:30 am?', 'After 17:00?', 'Before 5 pm.', 'At a quarter past two.'
    ]
  },
  {
    results: [OPENING, MENU, TOTAL],
    caller: 'two chicken burgers and fifteen fries please',
    said: [
      'A chicken burger is 450 shillings.', 'The chicken burger is four fifty.', 'Four fifty bob.', 'Chicken burger, four hundred and fifty; beef burger, five hundred and fifty.', 'Extra cheese is fifty.', 'Extra cheese adds 50 shillings.', 'The family bucket is two thousand two hundred and fifty.', 'The family bucket costs 2,250/=.', 'A soda is eighty bob.', 'Soda ni shilingi themanini.', 'Burger ya kuku ni mia nne hamsini.', 'Chipsi ni mia mbili na hamsini.',
      'Two chicken burgers and fifteen fries: 4,650 shillings.', 'Your total is four thousand six hundred and fifty.', 'That comes to KES 4650.', 'Jumla ni elfu nne mia sita na hamsini.', 'Two burgers are 900, the fries 3,750.', 'Two burgers for nine hundred.', 'Fifteen fries for three thousand seven hundred and fifty.', 'You ordered two chicken burgers and fifteen fries.', '15 fries, right?', 'Burger mbili na chipsi kumi na tano.', 'It is ready in ten minutes.', 'One of the burgers without onions.', 'Both burgers, or one?', 'The total of 15 fries and two burgers is 4,650.', 'We have five things on the menu.', 'Fries are two fifty each.', 'Beef at five fifty, chicken at four fifty.', 'Burgers from 450 to 550.', 'KES 450, KES 550, KES 250.', '450 or 550?'
    ]
  },
  {
    results: [OPENING, ARTICLE],
    caller: 'when are you open',
    said: [
      'We are open from 8:30 am to 5:00 pm.', 'From eight thirty to five.', 'From half past eight in the morning.', 'On Saturdays from nine to one.', 'Weekdays 8:30 to 17:00.', 'Tunafungua saa mbili na nusu asubuhi.', 'The paybill is 247247.', 'Paybill two four seven two four seven.', 'Pay to paybill number 247 247.', 'The fee is 4.5 percent a month.', 'Four point five percent.', 'Asilimia nne nukta tano? 4.5%.', 'The money comes within 24 hours.', 'Within twenty-four hours.', 'Complaints are answered within fourteen days.', 'Ndani ya siku kumi na nne.', 'Call 0709 123 456.', 'Zero seven zero nine, one two three, four five six.', 'Oh seven oh nine one two three four five six.', 'That is 0709123456.', 'Every month, 4.5% of the loan.', 'I will spell it: two, four, seven.'
    ]
  },
  {
    results: [OPENING, PAID],
    caller: 'I have paid',
    said: [
      'We received KES 1,250.50.', 'One thousand two hundred and fifty shillings and fifty cents.', 'Shilingi elfu moja mia mbili hamsini na senti hamsini.', 'Your balance is now 749.50.', 'Seven hundred and forty-nine shillings and fifty cents.', 'Receipt QGH7X8Y9Z0.', 'The receipt ends in Z0.', 'Umelipa elfu moja mia mbili na hamsini.', 'You have paid 1,250 shillings.', 'Thank you for the 1250.50.'
    ]
  },
  {
    results: [OPENING],
    caller: 'hello',
    said: [
      'How can I help you?', 'Karibu Tumaini Credit.', 'I am Karani, an automated assistant.', 'Let me get a person, it takes a minute or two.', 'Somebody will call you back within the hour.', 'One of my colleagues will call.', 'Please hold for one second.', 'Could you say the four digits again?', 'Tafadhali rudia nambari moja moja.', 'Mia is a nice name.', 'I have nothing to add.', 'To, for, and ate are words.', 'Sasa hivi, mara moja.', 'Mtu mmoja atakupigia.', 'Saba Saba road.', 'See you on Monday.', 'It is November.', 'Twenty-first of November, a Saturday.'
    ]
  }
]
