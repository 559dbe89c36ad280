import type { CollectionStop } from '@karani/records'

/** What is said of each, English and Kiswahili; the first that fits stands, the one that asks for most silence first. */
const SAID: ReadonlyArray<readonly [stop: CollectionStop, words: readonly RegExp[]]> = [
  ['minor', [
    /^minor\b/,
    /\b(is|am|are|be|with|to|by|only|just|still) (a|an)? ?(minor|child|kid|schoolchild|teenager|pupil|schoolboy|schoolgirl)\b/,
    /\b(a|the) (minor|child|kid|pupil) (answered|picked|is on|has the phone|on the (phone|line))\b/,
    /\bunder ?aged?\b|\bunder (18|eighteen)\b|\bnot (yet )?(18|eighteen)\b/,
    /\b([5-9]|1[0-7]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen) years? old\b|\b(caller is|i am|i m|aged) ([5-9]|1[0-7])$/,
    /\bni (mtoto|mwanafunzi)\b|\bmtoto (ameshika|anaongea|amepokea|ndiye)\b|\bchini ya miaka (18|kumi na nane)\b/
  ]],
  ['wrong-party', [
    /\bwrong (party|number|person)\b|\b(not|isn t) the (borrower|person|customer|account holder|owner)\b|\b(somebody|someone) else s (phone|number)\b/,
    /\bno such person\b|\bno ?(one|body) (here )?(by|of|with) that name\b|\b(does not|doesn t|do not|don t) know (him|her|them|that (person|name|borrower)|the (person|borrower))\b/,
    /\bnot (my|his|her|their) (phone|number)\b|\bis a third party\b|\bbelongs to (somebody|someone) else\b|\bnew owner of (this|the) number\b/,
    /\bsi (mimi|yeye)\b|\b(nambari|namba|simu) si (yangu|yake)\b|\b(umekosea|mmekosea) (nambari|namba)\b|\bsimjui\b|\b(ni|ya|wa) mtu mwingine\b/
  ]],
  ['dispute', [
    /\bdisput\w*|\bcontest(s|ed|ing)?\b|\b(not|isn t|never) (mine|his|hers|theirs)\b|\b(not|isn t|never) (my|his|her|their|the caller s)( own)? (debt|loan|account|balance)\b/,
    /\b(debt|loan|balance|amount|figure|charge|fee|interest) (is|are|was) (not (right|correct|true)|wrong|incorrect|a mistake|false)\b|\bwrong (balance|amount|figure)\b/,
    /\b(already|has|have) (fully |already )?(paid|cleared|repaid|settled)\b|\bnever (took|borrowed|applied|got|received|had|signed)\b|\b(did not|didn t) (take|borrow|apply|sign)\b/,
    /\b(does not|doesn t|do not|don t) (have (a|any) (loan|debt)|owe)\b|\bowes? nothing\b|\bfraud\w*|\bscam\w*|\bstolen identity\b|\bidentity theft\b/,
    /\bsi (deni|mkopo) (langu|lake|wangu|wake)\b|\b(deni|mkopo)( (hili|huu))? si (langu|lake|wangu|wake)\b|\bsina (deni|mkopo)\b|\bsidaiwi\b|\bsikukopa\b|\bni(me|li)shalipa\b|\bamelipa\b|\bnimelipa (tayari|yote)\b|\bsi (sahihi|kweli)\b|\b(na|ana)pinga\b|\butapeli\b/
  ]],
  ['hardship', [
    /\bhardship\b|\b(can ?not|can t|unable to|not able to|could not|couldn t) (pay|afford|repay|raise|clear)\b(?! (by|via|with|through|using|online|here|at|in the app|on the (app|website))\b)|\bno (money|income|job|salary)\b|\b(is|am|are|m) broke\b|\bbankrupt\w*/,
    /\b(lost|losing) (my|his|her|their|the|a) (job|work|business|income|home|husband|wife)\b|\bunemployed\b|\bjobless\b|\blaid off\b|\bretrenched\b|\bsacked\b|\bin (the )?hospital\b|\bhospitali[sz]ed\b|\bbereave\w*|\bfuneral\b|\bfinancial (trouble|difficult\w*|problem\w*)\b/,
    /\bsina (pesa|hela|kazi|uwezo|chochote)\b|\bhana (pesa|hela|kazi|uwezo)\b|\b(siwezi|hawezi|sitaweza|hataweza) kulipa\b|\b(nimepoteza|amepoteza|nimefutwa|amefutwa) kazi\b|\bhali ngumu\b|\bhospitalini\b|\b(nimefiwa|amefiwa)\b|\bmsiba\b/
  ]]
]

/** What is said to be not the case: `no dispute`, `not a wrong number`. */
const DENIED = /\b(no|not|without|isn t|is not|si) (a |an |any |in )?(dispute|hardship|minor|wrong (party|number|person)|fraud)\b/g
/** `a minor question`: a small one. */
const SMALL = /\bminor (issue|problem|question|matter|thing|detail|error|mistake|correction|change|delay|point|complaint|dispute)/g

/** What a reason for a person says about the debt: that it is disputed, cannot be paid, is another's, or that a child is on the line. Null: nothing of these. */
export function collectionStopOf (reason: string): CollectionStop | null {
  const words = reason.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim().replace(DENIED, ' ').replace(SMALL, ' $1').trim()
  return SAID.find(([, patterns]) => patterns.some(pattern => pattern.test(words)))?.[0] ?? null
}
