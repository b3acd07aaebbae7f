// Finds formulas in prose.
import { parse } from './expressions.mjs'

const entities = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&nbsp;': ' ', '&quot;': '"', '&#39;': "'" }
export const unescaped = text => text.replace(/&(?:lt|gt|amp|nbsp|quot|#39);/g, entity => entities[entity])
const escaped = text => text.replace(/[<>&]/g, c => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[c])

/** A sentence that says y = …, in which single letters are variables; elsewhere only what is a formula beyond doubt is one. */
const saysFormula = / ← |(^|[\s(;:,])(\p{L}[\u0302\u0304′″'ᵀ₀-₉ᵢⱼ]*(\[[^\]]*\])?|∂\S+\/∂\S+) = |∂/u

/** The single letters that formulas of a text have as variables. */
export const variables = html => new Set([...html.matchAll(/<mi>(\p{L})<\/mi>/gu)].map(([, letter]) => letter))

/** A variable that stands alone among words; a, A and I could be words before others. */
function lone(text, at, known) {
  const rest = text.slice(at + 1)
  const ends = /[aAI]/.test(text[at]) ? /^($|[,.;:)\]])/ : /^($|[\s,.;:)\]]|['’]s\b)/
  return known.has(text[at]) && ends.test(rest) ? { pieces: [`<mi>${text[at]}</mi>`], end: at + 1 } : undefined
}

/** Returns a text as HTML, what of it is a formula as MathML, and so are its variables where they stand alone. */
export function typeset(text, known = variables(formulas(text, new Set()))) {
  return formulas(text, known)
}

function formulas(text, known) {
  const letters = saysFormula.test(text)
  let result = ''
  let i = 0
  while (i < text.length) {
    const before = text.slice(0, i)
    // one begins where a word might, but not among the arguments of what was none
    const begins = /(^|[\s,;:]|(^|[^\p{L}\d])[([])$/u.test(before)
    const found = (begins ? parse(text, i, letters) : undefined) ?? (/(^|[\s,;:([])$/.test(before) ? lone(text, i, known) : undefined)
    if (found === undefined) {
      result += escaped(text[i++])
    } else {
      result += found.pieces.map(piece => `<math displaystyle="true">${piece}</math>`).join('<wbr>')
      i = found.end
    }
  }
  return result
}
