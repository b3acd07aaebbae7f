// Parses formulas as comments write them, such as g / (1 + e⁻ˣ)² or √(Σ xᵢ²), and writes them as MathML.

const above = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵝᵀᴴ'
const below = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦ'
const plain = new Map([
  ...[...above].map((c, i) => [c, '0123456789+−=()abcdefghijklmnoprstuvwxyzβTH'[i]]),
  ...[...below].map((c, i) => [c, '0123456789+−=()aehijklmnoprstuvxβ'[i]])
])
const raised = new RegExp(`[${above}]+`, 'y')
const lowered = new RegExp(`[${below}]+(?:[≥≤≠][${below}]+)*`, 'y')

const relations = new Set('=≠<>≤≥≈∈∉←→∝…'.split(''))
const sums = new Set('+−±'.split(''))
const products = new Set('·×⋆∘⊙⊗'.split(''))
const functions = new Set(['exp', 'ln', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh',
  'atanh', 'arcsin', 'arccos', 'arctan', 'arsinh', 'arcosh', 'artanh', 'sinc', 'erf', 'erfc', 'sign', 'max', 'min', 'mean', 'var', 'det', 'tr', 'diag', 'sigmoid', 'softmax', 'softplus', 'hardsigmoid'])
const closing = { '(': ')]', '[': '])', '|': '|', '‖': '‖', '⌊': '⌋', '⌈': '⌉' }

const prose = new Set(('a an and are as at be but by can each else for from has have if in into is it its no none not of on one only or over that '
  + 'the their then there these they this to was what when where whether which with without').split(' '))
/** Words that stand behind a variable a; before others it is an article. */
const behindVariable = new Set('and or is are where for with in if to by hold holds along over else itself summed'.split(' '))

const thin = '<mspace width="0.17em"></mspace>'
const escaped = text => text.replace(/[<>&]/g, c => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[c])
const row = parts => (parts.length === 1 ? parts[0] : `<mrow>${parts.join('')}</mrow>`)
const identifier = name => `<mi${/^[TΓΔΘΛΞΦΨΩ]$/.test(name) ? ' mathvariant="normal"' : ''}>${name}</mi>`
const operator = (sign, more = '') => `<mo${more}>${escaped(sign)}</mo>`
/** A parenthesis grows with a fraction or a root, but not with an exponent. */
const fence = (sign, inside) => operator(sign, ` stretchy="${/<m(frac|sqrt|over)>/.test(inside)}" lspace="0" rspace="0"`)
const tight = sign => operator(sign, ' lspace="0" rspace="0"')

class NoFormula extends Error {}

class Parser {
  strong = false // something stands there that prose does not have
  variables = 0
  calls = 0
  exponents = 0

  constructor(text, at) {
    this.text = text
    this.at = at
  }

  peek(pattern) {
    pattern.lastIndex = this.at
    return pattern.exec(this.text)
  }

  take(pattern) {
    const found = this.peek(pattern)
    if (found) this.at += found[0].length
    return found && found[0]
  }

  need(pattern) {
    const found = this.take(pattern)
    if (found === null) throw new NoFormula()
    return found
  }

  /** What a rule makes, or undefined and no step forward. */
  attempt(rule) {
    const before = { at: this.at, strong: this.strong, variables: this.variables, calls: this.calls, exponents: this.exponents }
    try {
      return rule()
    } catch (e) {
      if (!(e instanceof NoFormula)) throw e
      Object.assign(this, before)
      return undefined
    }
  }

  /** Sides with signs between them, as far as they go: the first one, and each other behind its sign. */
  sides(signs, side) {
    const spaces = signs === products ? ' lspace="0.15em" rspace="0.15em"' : ' form="infix" lspace="0.25em" rspace="0.25em"'
    const parts = [side()]
    for (;;) {
      const more = this.attempt(() => {
        const sign = this.need(/ ?\S ?/y).trim()
        if (!signs.has(sign)) throw new NoFormula()
        this.strong = true
        return operator(sign, spaces) + side()
      })
      if (more === undefined) return parts
      parts.push(more)
    }
  }

  /** The whole, in the pieces between which a line may end: not behind y in y = …, but before each further sign. */
  pieces() {
    const [first, ...others] = this.sides(relations, () => this.sides(sums, () => this.product()).join('\n'))
    return (first + others.join('\n')).split('\n')
  }

  relation() {
    return row(this.sides(relations, () => this.sum()))
  }

  sum() {
    return row(this.sides(sums, () => this.product()))
  }

  product() {
    return row(this.sides(products, () => this.quotient()))
  }

  /** a / b is a fraction if what stands below is one factor; a / b c could mean two things and stays on its line. */
  quotient() {
    let made = this.chain()
    for (;;) {
      const next = this.attempt(() => {
        this.need(/ \/ /y)
        this.strong = true
        const { at } = this
        const factor = this.factor()
        const isSummed = made.includes('Σ') && this.peek(/ [·×]/y) // Σ x / 2 · y is a sum of products
        if (!isSummed && this.attempt(() => this.juxtaposed()) === undefined) return `<mfrac>${bare(made)}${bare(factor)}</mfrac>`
        this.at = at
        return row([made, operator('/'), this.chain()])
      })
      if (next === undefined) return made
      made = next
    }
  }

  /** Factors side by side, such as 2 g x. */
  chain() {
    const parts = [this.factor()]
    for (;;) {
      const next = this.attempt(() => this.juxtaposed())
      if (next === undefined) return row(parts)
      parts.push(thin, next)
    }
  }

  juxtaposed() {
    if (this.take(/ /y) === null && !this.peek(/[([√α-ω]|(?<=[α-ω])[a-z]/y)) throw new NoFormula()
    if (this.peek(/[−±\d…∞]/y)) throw new NoFormula() // 2 x, but neither x − 2 nor x 2
    return this.factor()
  }

  /** What binds tightest, also 1/2 and ∂L/∂x without spaces. */
  factor() {
    const minus = this.take(/[−±] ?/y)
    const top = this.power()
    const under = this.attempt(() => {
      this.need(/\//y)
      this.strong = true
      return this.power()
    })
    const made = under === undefined ? top
      : this.exponents > 0 ? row([top, tight('/'), under]) : `<mfrac>${bare(top)}${bare(under)}</mfrac>`
    if (minus === null) return made
    this.strong = true
    return row([operator(minus.trim(), ' form="prefix"'), made])
  }

  power() {
    if (this.take(/√/y)) {
      this.strong = true
      return `<msqrt>${bare(this.power())}</msqrt>`
    }
    const big = this.take(/Σ|Π(?!ₜ)/y) // Πₜ is a number's name
    if (big) {
      this.strong = true
      const sign = this.scripts(tight(big))
      this.take(/ /y)
      return row([sign, thin, this.chain()])
    }
    if (this.take(/∫/y)) {
      const sign = this.scripts(operator('∫', ' largeop="true" lspace="0" rspace="0"'))
      this.take(/ /y)
      const inside = this.chain()
      return row([sign, inside, thin, identifier('d'), identifier(this.need(/ d[a-z](?![\w])/y).slice(2))])
    }
    if (this.take(/∂\/(?=∂)/y)) return `<mfrac>${operator('∂')}${this.power()}</mfrac>`
    if (this.take(/∂/y)) {
      this.strong = true
      this.variables++
      const word = this.take(/[A-Za-z]{2,}/y)
      return row([tight('∂'), this.scripts(word ? identifier(word) : this.base())])
    }
    const made = this.scripts(this.base())
    const isCall = this.peek(/[([]/y) && /[\p{L}\d⁾′″')]/u.test(this.text[this.at - 1])
    return isCall ? this.scripts(row([made, this.call()])) : made
  }

  /** Exponents, indices, primes. */
  scripts(made) {
    for (;;) {
      const prime = this.take(/[′″]|'(?!s\b)/y)
      const up = prime ?? this.take(raised)
      const down = up ?? this.take(lowered) ?? this.take(/∞/y)
      if (prime) made = `<msup>${made}${tight(prime.replace("'", '′'))}</msup>`
      else if (up) made = `<msup>${made}${small(up)}</msup>`
      else if (down) {
        const both = this.take(raised)
        made = both ? `<msubsup>${made}${small(down)}${small(both)}</msubsup>` : `<msub>${made}${small(down)}</msub>`
      }
      else if (this.take(/\^(?=[A-Za-zα-ω(\d−])/y)) made = `<msup>${made}${bare(this.exponent())}</msup>`
      else if (this.peek(/_[a-z]+(?!\w)/y)) made = `<msub>${made}${identifier(this.take(/_[a-z]+/y).slice(1))}</msub>`
      else if (this.take(/!/y)) made = row([made, tight('!')])
      else return made
      if (!prime) {
        this.strong = true
        this.variables++
      }
    }
  }

  exponent() {
    this.exponents++
    const minus = this.take(/−/y)
    const base = this.peek(/\(/y) ? this.base() : this.scripts(this.base())
    const made = minus ? row([operator('−', ' form="prefix"'), base]) : base
    this.exponents--
    return made
  }

  base() {
    if (this.peek(/[([]/y)) return this.list(/, |; /y)
    const bar = this.take(/[|‖⌊⌈]/y)
    if (bar) {
      const inside = this.sum()
      if (this.text[this.at++] !== closing[bar]) throw new NoFormula()
      this.strong = true
      return row([fence(bar, inside), inside, fence(closing[bar], inside)])
    }
    const number = this.take(/[½¼¾]|\d+(\.\d+)?(e-?\d+)?(?![\w-]|\.\d)/y)
    if (number) return `<mn>${number}</mn>`
    const sign = this.take(/[…∞]/y)
    if (sign) return `<mn>${sign}</mn>`
    return this.name()
  }

  name() {
    const start = this.at
    const letter = this.take(/[A-Za-zα-ωΓΔΘΛΞΠΦΨΩ](?![A-Za-zα-ω\d]|_(?![a-z]))|[α-ω](?=[a-z](?![A-Za-z\d_]))/y)
    if (letter) {
      if (isArticle(letter, this.text.slice(this.at))) throw new NoFormula()
      this.variables++
      const hat = this.take(/[\u0302\u0304\u0303]/y)
      return hat ? `<mover>${identifier(letter)}${operator({ '\u0302': '^', '\u0304': '¯', '\u0303': '~' }[hat])}</mover>` : identifier(letter)
    }
    const gradient = this.take(/g(?=[A-Zλ](?![A-Za-zα-ω]))/y)
    if (gradient) { // gQ, which flows into the result Q
      this.strong = true
      this.variables++
      return `<msub>${identifier(gradient)}${identifier(this.text[this.at++])}</msub>`
    }
    const word = this.need(/[A-Za-z]{2,}(\d+(?=\())?(?![\w'’-])/y)
    if (this.peek(/[([]/y)) {
      this.variables++ // a function, called
      return identifier(word)
    }
    if (functions.has(word)) {
      const argument = this.attempt(() => {
        const name = this.scripts(identifier(word))
        this.need(/ /y)
        if (this.peek(/\d/y) && !/^(ln|log)/.test(word)) throw new NoFormula() // "mean 0 and variance 1"
        const made = this.power()
        this.variables++
        return row([name, thin, made])
      })
      if (argument !== undefined) return argument
    }
    if (this.exponents > 0 && word.length === 2) return row([...word].map(identifier)) // e^(rx)
    if (prose.has(word) || !(this.exponents > 0 || this.isOperand(start))) throw new NoFormula()
    return identifier(word)
  }

  /** A word is a variable beside a sign, or alone among arguments. */
  isOperand(start) {
    const left = this.text.slice(0, start)
    const right = this.text.slice(this.at)
    return /([·×+−/√<>≤≥≠] ?|[+−] \d+ )$/.test(left) || /^ [·×+−/<>≤≥≠] /.test(right) || /^[·×+−/^]/.test(right)
      || (this.calls > 0 && /[([,:] ?$/.test(left) && /^[²³]?( :|[,)\]])/.test(right))
  }

  call() {
    this.calls++
    const made = this.list(/, | : |; /y)
    this.calls--
    return made
  }

  /** Parentheses or brackets around one expression or several; an interval, too. */
  list(separator) {
    const open = this.need(/[([]/y)
    const parts = [this.relation()]
    for (let sign = this.take(separator); sign !== null; sign = this.take(separator)) {
      parts.push(operator(sign.trim(), ' separator="true"'), this.relation())
    }
    const close = this.text[this.at++]
    if (close === undefined || !closing[open].includes(close)) throw new NoFormula()
    const inside = parts.join('')
    return row([fence(open, inside), inside, fence(close, inside)])
  }
}

/** Whether a letter that ends at a place is the article in "a row". */
function isArticle(letter, rest) {
  const word = rest.match(/^ ([A-Za-z]{2,})/)
  return /^a$/i.test(letter) && word !== null && !functions.has(word[1]) && !behindVariable.has(word[1])
}

/** An exponent or index in small letters. */
function small(text) {
  return row([...text].map(c => plain.get(c) ?? c).join('').match(/\d+|./gu).map(each =>
    /\d/.test(each) ? `<mn>${each}</mn>` : /\p{L}/u.test(each) ? identifier(each) : tight(each)))
}

/** Without the parentheses around all of it, which a fraction, a root or an exponent makes superfluous. */
function bare(made) {
  const inside = made.match(/^<mrow><mo stretchy="\w+" lspace="0" rspace="0">\(<\/mo>([^]*)<mo stretchy="\w+" lspace="0" rspace="0">\)<\/mo><\/mrow>$/)?.[1]
  if (inside === undefined) return made
  let depth = 0
  for (const [, sign] of inside.matchAll(/<mo stretchy="\w+" lspace="0" rspace="0">([()])<\/mo>/g)) {
    depth += sign === '(' ? 1 : -1
    if (depth < 0) return made
  }
  return `<mrow>${inside}</mrow>`
}

/**
 * Returns the formula that begins at a place of a text, as { pieces, end }, or undefined if there is none. A line may end
 * between its pieces. What prose could be as well, such as single letters, is one only where letters says so.
 */
export function parse(text, at, letters) {
  const parser = new Parser(text, at)
  const pieces = parser.attempt(() => parser.pieces())
  if (pieces === undefined || text[at] === '…') return undefined
  if (parser.variables === 0 || !(parser.strong || letters)) return undefined
  if (letters && parser.take(/ =(?= )/y)) pieces[pieces.length - 1] += operator('=', ' form="infix"') // and words follow
  const rest = text.slice(parser.at)
  if (/^([^\s,.;:)\]'’]|['’](?!s\b)|[.:]\S| ?[·×+−/√^⋆])/u.test(rest)) return undefined
  return { pieces, end: parser.at }
}
