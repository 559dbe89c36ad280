/** Words around a figure that tell what it stands for. All in lower case. */

/** Stand directly before or behind an amount of money. */
export const CURRENCY = /^(kes|kshs?|shs?|shillings?|shilingi|bob|\/=|\/-|\$|€|£)$/
/** The full stop behind them ends no sentence. */
export const CURRENCY_ABBREVIATION = /^(kes|kshs?|shs?)$/
export const CENTS = /^(cents?|senti)$/

/** Where one of these is said, a figure is money unless something says otherwise. */
export const MONEY_TALK = new RegExp(`^(${[
  'balances?|ow(e|es|ed|ing)|pa(y|ys|id|ying|yable)|(re)?payments?|repay|inst?allments?|instalments?|due|debts?|loans?|amounts?|costs?|prices?|priced|totals?|totalling|sums?',
  'fees?|charg(e|es|ed)|bills?|fines?|penalt(y|ies)|interest|deposits?|refunds?|arrears|outstanding|remain(s|ing)?|left|money|cash|worth|each|altogether|comes|borrowed|lent|sen[dt]|received?|discount|save',
  'deni|madeni|salio|kiasi|bei|gharama|jumla|ada|mkopo|pesa|hela|fedha|riba|faini|\\p{L}*bak(i|ia|ie)|\\p{L}*lip(a|e|o|wa|we|ia|ie)|\\p{L}*dai(wa)?|\\p{L}*gharimu|\\p{L}*(tuma|pokea|kopa|kopeshwa)'
].join('|')})$`, 'u')

export const PERCENT = /^(%|percent|per|cent|asilimia)$/
export const MONTH = /^(jan(uary|uari)?|feb(ruary|ruari)?|mar(ch)?|machi|apr(il|ili)?|may|mei|june?|juni|july?|julai|aug(ust)?|agosti|sept?(ember|emba)?|oct(ober)?|oktoba|nov(ember|emba)?|dec(ember)?|desemba)$/
export const WEEKDAY = /^((mon|tues|wednes|thurs|fri|satur|sun)day|jumatatu|jumanne|jumatano|alhamisi|ijumaa|jumamosi|jumapili)$/
export const DATE_BEFORE = /^(tarehe|the)$/
export const YEAR_BEFORE = /^(in|since|year|born|mwaka)$/

/** What stands before the name or number of something. */
export const LABEL = /^(numbers?|no|account|id|code|pin|paybill|till|room|house|plot|flat|apartment|floor|line|extension|ext|tracking|parcel|reference|ref|receipt|option|form|section|route|bus|gate|block|ends?|ending|digits|phone|namba|nambari|kitambulisho|akaunti|chumba|nyumba|risiti|msimbo)$/
export const COPULA = /^(is|was|are|in|as|ni|with|ya|za)$/

export const HOUR_BEFORE = /^(saa|at|by|from|to|until|till|before|after|past|between|kabla|hadi|mpaka|kuanzia)$/
export const HOUR_BEHIND = /^(am|pm|a|p|o'clock|o’clock|hours|hrs|asubuhi|mchana|jioni|usiku|alfajiri)$/

/** Counted things, behind the figure in English and before it in Kiswahili. */
export const COUNTED = /^(seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|people|persons?|customers?|items?|pieces?|orders?|payments|inst?allments|instalments|times|digits|tries|attempts|calls|parcels|packages|kilomet(er|re)s?|km|met(er|re)s?|kilos?|kgs?|grams?|parts|steps|questions|branches|others?)$/
export const COUNTED_BEFORE = /^(siku|wiki|miezi|mwezi|miaka|mwaka|dakika|sekunde|saa|masaa|watu|wateja|mara|awamu|namna|vitu|sehemu)$/
/** A word of four letters and more that ends in s is a plural, and what stands before it a count; these are not. */
export const NO_PLURAL = /^(this|plus|less|minus|unless|always|perhaps|remains|includes|covers|clears|settles|does|goes|comes|stays|leaves|yours|thanks|shillings|pounds|dollars|cents|has|was|bobs)$/
/** Nothing that is counted stands behind one of these. */
export const FUNCTION_WORD = /^(a|an|the|per|each|every|and|or|but|is|are|was|were|be|will|on|in|at|by|to|for|from|of|if|as|that|so|you|your|i|we|it|he|she|they|has|have|had|with|which|when|then|this|na|ya|za|wa|ni|kwa|kwenye|au|lakini|tarehe|only|please|today|tomorrow|now|leo|kesho)$/
