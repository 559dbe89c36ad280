/** What people ask at the front desk, by the article that answers it; `none`: the front desk does not know. Kiswahili mixed in, as on the phone. */
export const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  'Opening hours': [
    'What time do you open?', 'Are you open on Saturday?', 'Mnafungua saa ngapi?', 'Are you guys open today?', 'Until what time can I come on Friday?', 'Do you work on public holidays?',
    'Mnafunga saa ngapi leo?', 'Can I visit on Sunday?', 'When is the office open?'
  ],
  'Where we are': [
    'Where are you located?', 'Ofisi yenu iko wapi?', 'How do I get to your office?', 'What is your address in Nairobi?', 'Which building are you in?', 'Niko Nairobi, mko wapi exactly?', 'Do you have a branch in town?'
  ],
  'How to pay': [
    'How do I pay with M-Pesa?', 'What is the paybill number?', 'Nalipaje mkopo na M-Pesa?', 'Can I pay cash at the office?', 'Which account number do I use when paying?', 'Naweza kulipa na M-Pesa?', 'How can I send my instalment?', 'till number yenu ni gani?'
  ],
  'How to apply for a loan': [
    'How do I apply for a loan?', 'I want to borrow some money', 'Nataka mkopo, nifanye nini?', 'What documents do I need for a loan?', 'How long does it take to get a loan?', 'Who qualifies for a loan?', 'Can I get a new loan?'
  ],
  'Interest and fees': [
    'What is your interest rate?', 'How much do you charge?', 'Riba ni ngapi?', 'Is there a penalty for paying late?', 'What happens if I pay late?', 'Is there a fee for paying early?', 'How expensive is the loan?'
  ],
  'How to get a statement': ['Can I get a statement?', 'I need a clearance letter', 'Nataka statement ya loan yangu', 'How do I get proof that I paid?', 'Can you email me my statement?'],
  'Balance and other account questions': ['What is my balance?', 'How much do I owe?', 'Nadaiwa pesa ngapi?', 'When is my next instalment due?', 'Deni langu ni ngapi?', 'Can you check my account?'],
  'How to complain': ['I want to complain', 'Your agent was rude to me', 'Nataka kulalamika', 'How do I report a problem?', 'I want to speak to the manager'],
  'How we treat personal data': ['Is this call being recorded?', 'Am I talking to a robot?', 'What do you do with my personal information?', 'Do you share my data with anyone?', 'Can you delete my data?'],
  none: [
    'What is the weather like today?', 'Who will win the election?', 'Can you help me?', 'Do you sell phones?', 'What is the capital of Kenya?', 'Can you recommend a good restaurant?', 'Je, mnauza magari?', 'How do I cook ugali?',
    'Should I invest in crypto?', 'What is the exchange rate of the dollar?', 'Tell me a joke', 'Are you married?', 'How old is the president?', 'Where is my parcel?', 'I want to order a burger', 'Do you have jobs?', 'Can I use my car as security?',
    'What time is it?', 'Habari yako?', 'Where can I buy a house?'
  ]
}

/** Questions that were written after the articles' keywords, and that no keyword was added for. */
export const UNSEEN: Readonly<Record<string, readonly string[]>> = {
  'Opening hours': ['Do you open on Sundays?', 'What are your working hours?', 'When do you close for lunch?', 'Mko open Jumamosi?', 'Is the office closed tomorrow?'],
  'Where we are': ['Can you give me directions?', 'Where can I find you?', 'Is your office in Westlands?', 'Mko wapi?', 'Which floor is the office on?'],
  'How to pay': ['Can I pay by bank transfer?', 'Paybill number ni ngapi?', 'Where do I pay my loan?', 'How do I make a payment?', 'Nitumie pesa kwa number gani?'],
  'How to apply for a loan': ['What are the requirements for a loan?', 'I would like to apply', 'Can my brother get a loan?', 'Mkopo wa kwanza napata aje?'],
  'Interest and fees': ['What are your charges?', 'Do I pay more if I am late?', 'How many percent is it per month?', 'Faini ya kuchelewa ni ngapi?'],
  'How to get a statement': ['Send me my statement please', 'Can you give me a receipt?', 'How can I get a certificate of clearance?'],
  'Balance and other account questions': ['How much is left on my loan?', 'What is the status of my account?', 'Salio langu ni ngapi?'],
  'How to complain': ['I am very unhappy with your service', 'I have a problem with one of your staff', 'I would like to give feedback'],
  'How we treat personal data': ['Are you a human or a machine?', 'Is my information private?', 'Who can see my data?'],
  none: [
    'What football match is on tonight?', 'Can you lend me your car?', 'How do I get to Mombasa?', 'What is the price of maize?', 'Do you speak Chinese?', 'Who owns the company?', 'Can you transfer me to the police?',
    'How do I reset my email password?', 'What is love?', 'Is there parking?', 'Nani ni rais?', 'Unaitwa nani?', 'What is the number of the ambulance?', 'Can I pay my electricity bill here?', 'Do you sell insurance?'
  ]
}
