/**
 * Ways to write a statement down without claiming it, by kind. What follows such a head, up to where the sentence turns, is not the
 * answer's own claim. A way is added to its kind.
 */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  supposed: [
    '\\bif (?:it (?:is|was|were)|this (?:is|was|were)) (?:really |indeed )?(?:true|so|the case|correct) that\\b',
    '\\b(?:suppose|supposing|imagine|pretend|assuming) that\\b',
    '^\\W*assume (?:for (?:a|one) moment |for now |briefly )?that\\b',
    '^\\W*i (?:only |just )?wish\\b',
    '\\b(?:as|like) if (?!to\\b|not\\b)(?=[^,;]*$)',
    '\\bhad it been (?:so|true|the case) that\\b',
    '\\bin (?:a|an|some) (?:\\p{L}+ )?world (?:where|in which)\\b',
    '\\b(?:answer|guess|solution) would have been that\\b',
    '^.*\\bwould only be (?:true|so|right|the case)\\b',
    '^.*\\bif (?:i|one|we) had (?:only |ever )?(?:studied|read|learn(?:ed|t)|listened|known|prepared)\\b',
  ],
  'asked or set': [
    '^\\W*(?:true or false|right or wrong|(?:dis)?prove or (?:dis)?prove|decide (?:whether|if))\\b',
    '^\\W*(?:show|prove|explain|discuss|decide|argue) (?:that|why|whether)\\b',
    '\\b(?:know|knows|sure|certain|depends on) (?:whether|if)\\b',
    '^\\W*(?:please )?(?:check|verify|test|find out|ask) (?:whether|if)\\b',
    '\\b(?:has|have|had|needs?) to (?:check|test|see|find out|decide) (?:whether|if)\\b',
  ],
  'still to be written': [
    '^\\W*(?:todo|to do|to-do|fixme|note to self)\\b',
    '\\bwould (?:still )?have to (?:\\p{L}+ )?(?:explain|mention|say|state|write|show|argue|describe)\\b',
    '\\b(?:answer|solution|student|text|essay)s? (?:should|must|ought to|has to|have to|needs? to) (?:\\p{L}+ )?(?:explain|mention|say|state|contain|write|show|argue|describe)\\b',
    '\\b(?:remember|remind me|forget) to (?:write|say|mention|explain|add|state)\\b',
    '\\bremains? to be (?:shown|proved|proven|seen|verified|confirmed)\\b',
    '\\b(?:like|want|wish|hope|try|tries|trying) to (?:prove|show|verify|confirm) (?:that|whether)\\b',
    '^\\W*(?:this|the|my) (?:question|answer|essay|text|topic|task|exercise) (?:is|was) about\\b(?=[^,:;]*$)',
    '^\\W*(?:the )?(?:important|relevant|right|key)? ?(?:words?|key ?words?|terms?|buzz ?words?|topics?) (?:here |in question )?(?:is|are)\\b',
  ],
  'told by others': [
    '(?<!\\b(?:what|as|than|which) )\\b(?:some|many|most|several|a few) (?:people |students |beginners |persons |authors |of (?:us|them) )?(?:(?:often|still|also|wrongly|seem to|might|may|would) )?(?:think|believe|claim|say|assume|suppose)\\b(?! of\\b)',
    '\\bit (?:is|was) (?:often|sometimes|commonly|widely|once|frequently|generally|long|formerly) (?:claimed|said|believed|thought|assumed|held|suspected)\\b',
    '\\b(?:people|they|one|we|scientists|researchers|everyone) (?:once |formerly |used to |long |originally |first |initially )?(?:thought|believed|assumed)(?: that)?\\b',
    '\\b(?:used to be|was once|was formerly) (?:thought|believed|assumed|claimed|said)\\b',
    '\\b(?:my|the|an?|another|one|some) (?:neighbou?r|classmate|friend|colleague|fellow student|student(?: next to me)?)\\b[^,.;]{0,12}\\b(?:wrote|writes|says?|said|thinks?|thought|told|claim(?:s|ed)?|believe[sd]?|put)\\b',
    '\\b(?:chatgpt|gpt|copilot|gemini|the chat ?bot|the internet|wikipedia|google)\\b[^,.;]{0,8}\\b(?:writes?|wrote|says?|said|claims?|thinks?|told)\\b',
    '\\b(?:student|person|someone|somebody|anyone|anybody|people|one|those)? ?who(?:ever)? (?:writes?|says?|claims?|thinks?|believes?)(?: that)?\\b(?=.*\\b(?:(?:no|zero) (?:marks?|points?|credit)|not understood|(?:is|are) wrong|fails?)\\b)',
    '\\bonly (?:an? |the )?(?:\\p{L}+ ){1,2}(?:would|could|can|will) (?:say|claim|think|believe|write|answer)\\b',
    '^.*\\b(?:wrong|incorrect|false|mistaken) (?:solution|answer|explanation|course|notes|book|reasoning|theory)\\b',
    '^.*\\bg[eo]ts? (?:this |it )?wrong\\b',
    '\\b(?:told|asked|forced|supposed|paid|refuse[sd]?|declined?) to (?:write|say|claim|answer|state|put)\\b',
  ],
  'heard or feared': [
    '\\b(?:hear|hears|heard|told (?:me|us|him|her|them|you)|accepted|fear(?:s|ed)?|hope[sd]?|suspect(?:s|ed)?|confuse[sd]?|understood|understand) (?:\\p{L}+ ){0,5}(?:that|why)\\b',
    '\\b(?:rul(?:e|es|ed) out|fail(?:s|ed)? to (?:show|prove|see)) (?:that|why)\\b',
    '\\b(?:view|opinion|belief|gossip|claim|notion|allegation) (?:is |was )?that\\b',
    '\\bfor the sake of (?:the )?argument\\b',
    '\\b(?:cannot|can not|can[\u0027’]t) be (?:so )?that\\b',
    '\\bgoing to (?:say|write|claim|answer)\\b.*\\b(?:wrong|not)\\b',
  ],
  denied: [
    '\\b(?:never|rarely|seldom|hardly ever) (?:happens?|happened|occurs?) that\\b',
    '\\b(?:by no means|in no (?:case|way|event)|under no circumstances|on no account)\\b',
    '\\b(?:mistake|error|fallacy|nonsense|misleading|lie) to (?:say|claim|think|believe|write|assume|state|conclude)\\b',
    '\\bpigs (?:can|could|might|will) fly\\b',
    '^\\W*(?:yeah|sure|yes),? right\\b',
    '^\\W*anything but\\b',
    '\\b(?:everything|all of it|all of this|it all) (?:is|was) (?:true|right|correct|so),? except\\b',
    '\\bused to be (?:the case|so|true) that\\b',
    '^.*\\b(?:but )?not any ?more\\W*$',
    '^.*[;,] (?:today|nowadays|now) (?:this|that|it) (?:no longer|does not|is not)\\b',
  ],
  'in another language': [
    '^\\W*(?:es|das) (?:stimmt|ist) (?:nicht|falsch)\\b',
    '^\\W*(?:non è|no es|não é|nu este|ce n.est pas|il n.est pas|c.est) (?:vero|cierto|verdad|verdade|adevărat|vrai|faux)\\b',
    '^\\W*(?:falsch|falso|faux|onwaar|fel)\\s*:',
  ],
  'said to whoever marks': [
    '^\\W*(?:award|grant|give) (?:me |us )?(?:all|full|the)(?: of the)? (?:points|marks|credit)\\b',
    '^\\W*(?:grader|marker|examiner|system|assistant|instructor)(?: (?:note|message|prompt))?\\s*:',
    '\\b(?:full|maximum|all the) (?:credit|points|marks) (?:is|are) due\\b',
    '\\bthis item is (?:satisfied|covered|met|fulfilled)\\b',
  ],
};

/** The head of what is written down and not claimed. */
export const FRAME = new RegExp(Object.values(KINDS).flat().join('|'), 'giu');

/**
 * Words that are about statements and not about any matter: wherever one stands outside what an item says, it is not plain that the
 * sentence is meant. None that a field has for things of its own ("false positive", "wrong class", "uncertainty").
 */
export const ABOUT_STATEMENTS =
  /\b(?:rumou?rs?|alleged(?:ly)?|supposedly|purported(?:ly)?|reputed(?:ly)?|so-called|kidding|jok(?:e|es|ing)|lol|rofl|haha\p{L}*|sarcas\p{L}*|iron(?:y|ic|ically)|unconvinced|not convinced|hard to believe|do(?:es)? not trust|don['’]t trust|debunked|discredited|disproved|disproven|refuted|retracted|hoax|bogus|nonsense|rubbish|bullshit|made-up story|fairy ?tale|urban legend|superstition|myths?|fallacy|slogan|placeholder|lorem|citation needed|source\?|insert here|in (?:a|an) (?:perfect|ideal|dream|parallel) world|magic(?:ally)?|miracle|yes and no|half (?:of )?(?:the )?(?:truth|true)|half[- ]true|only partly true|open question|remains? (?:open|unclear|to be seen)|hot air|wishful thinking|fantasy|pretend(?:ed|ing)?|my (?:first |initial |wild )?(?:guess|hunch|thought|impression|assumption|idea|belief) was|my (?:wild )?(?:guess|hunch) is|i (?:once |first |always |used to |had )?(?:thought|believed|assumed|imagined|expected|hoped)|(?:do|did) not (?:write|believe|think)|never (?:write|believe|say|claim)|(?:outline|plan|draft|sketch)\s*:)/iu;

/** Marks of what is wrong, crossed out or not chosen, at either end. */
export const MARKED_WRONG =
  /^\W*?(?:❌|✗|✘|☒|👎|☐|\[ \])|(?:❌|✗|✘|☒|👎)\W*$|(?:=>|->|<-|←|→|=|\t)\s*(?:false|wrong|no|remove(?: this)?|delete(?: this)?|not true)\W*$|\(crossed out\)|\bis what (?:i|one|you|we) would (?:write|say|answer)\b|\bxxx\b|\b\p{L}+: no\b\W*$|\.\.\.? (?:h+m+,? )?(?:maybe|perhaps|or|probably) not\b/iu;

/** Said of the sentence before: it is no longer meant. */
export const TAKES_BACK_SHORTLY =
  /\b(?:i (?:hereby )?(?:take|took) (?:that|this|it|everything) back|i (?:retract|withdraw|revoke|regret)|(?:ignore|disregard|forget|delete|cross out|skip|cancel|do not (?:count|mark|read)) (?:that|this|it|the (?:sentence|line|part|above|previous|last|first)\p{L}*)|(?:argue|say|claim|hold) that (?:this|that|it) is (?:not (?:so|true|the case)|wrong|false)|i (?:do not|don['’]t) (?:think|believe) so|that is (?:only |just )?(?:what i (?:would )?(?:guess|suppose|imagine)|my guess)|or (?:was|is) it (?:not\b|the (?:other way|opposite|reverse|contrary))|i have (?:my |some |serious )?doubts|(?:true or false|right or wrong)\W*$|(?:lol|haha|just kidding|nah|nope|not really|as if|never ?mind|my bad|oops)|(?:i )?(?:now )?(?:believe|think|hold|say|mean) (?:it is )?(?:the|quite the|just the) (?:contrary|opposite|reverse)|the (?:contrary|opposite|reverse)\W*$|(?:that|this|it|the (?:sentence|statement|above)) (?:is|was) (?:just |only )?(?:a )?(?:joke|lie|test|trap|guess|trick|typo|myth|rubbish|garbage|nonsense))\b/iu;
/** A sentence that takes back says little else. */
export const SHORTLY = 14;

/** All of a sentence that denies the one before. */
export const DENIES_BEFORE =
  /^\W*(?:not|said (?:nobody|no one)(?: ever)?|(?:to be )?(?:deleted|removed|ignored)|(?:true or false|right or wrong)|a(?:nswer)?\s*:\s*(?:no|false|wrong|not true))\W*$/iu;

/** "What it does not do:", "Never write this:": what stands behind such a head is not so. */
export const DENYING_HEAD =
  /^\W*(?:(?:what|which|things?|facts?|statements?|properties|features|(?:dis)?advantages|reasons|cases|effects)\b[^:.!?]{0,60}\b(?:not|never|no|n['’]t)\b[^:.!?]{0,30}|(?:never|do not|don['’]t) [^:.!?]{0,30}|no|not|never|[^:.!?]{0,20}\b(?:opposite|contrary|gegenteil|contraire|contrario)\b[^:.!?]{0,20}):/iu;

/** Asked without a question mark: "Would it be correct to say that …" */
export const ASKS = /^\W*(?:would|could|is|does|do|did|can|may|should|will|was) (?:it|you|i)\b/iu;

/** Several answers to choose from, and none chosen. */
export const OPTIONS =
  /\b(?:none|all|both|neither) of (?:the above|these options|these answers)\b|\b(?:option|answer|choice) a\b[\s\S]*\b(?:option|answer|choice) b\b/iu;

/** Clauses that are not claimed themselves, and what follows them is. */
export const ASIDE = /(?:\bcontrary to|^\W*(?:unless|even if))\b[^,]*(?=,|$)/giu;

/** A sentence that lists what could be and chooses nothing, or says itself that it is not meant. */
export const UNDECIDED =
  /^\W*sometimes\b.*\bsometimes\b|\bmay or may not\b|^\W*either\b.*\bor\b.*\b(?:neither|opposite|contrary|none)\b|^\W*(?:possible|candidate|potential) (?:answers?|options?|explanations?|choices?)\b|\bnone of (?:these|them|the above)\s*[).]*$|\band pigs (?:can|could|might) fly\b|^\W*(?:sure|of course|yeah|yes)\b.*\((?:not|just kidding|irony)!?\)\W*$|[(–—-]\s*(?:true or false|true\/false|right or wrong)\??\)?\W*$/iu;

/** "The opposite of the following is true." */
export const HEADS_THE_OPPOSITE =
  /\b(?:opposite|reverse|contrary|negation) of (?:the (?:following|next)|what follows|this)\b|^\W*(?:the following|what follows) (?:is|are) (?:wrong|false|incorrect|untrue|not (?:true|correct|right|so))\b/iu;

/** "This is wrong." with nothing before it. */
export const CALLS_WRONG =
  /^\W*(?:this|it|that) is (?:wrong|false|incorrect|untrue|not (?:true|correct|right|so))\W*$/iu;

/** What stands before a list of what is not so. */
export const HEADS_WRONG_LIST =
  /^\W*(?:the following|these|those|here are)?\b[^.:]{0,40}\b(?:wrong|false|incorrect|untrue|not true|myths?|misconceptions?|mistakes?|errors?|lies)\b[^.:]{0,25}:\s*(?:$|\n)/iu;
