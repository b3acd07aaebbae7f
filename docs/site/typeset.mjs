// Finds formulas in prose.
import { parse } from './expressions.mjs'

const entities = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&nbsp;': ' ', '&quot;': '"', '&#39;': "'" }
export const unescaped = text => text.replace(/&(?:lt|gt|amp|nbsp|quot|#39);/g, entity => entities[entity])
const escaped = text => text.replace(/[<>&]/g, c => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[c])

/** A sentence that says y = …, in which single letters are variables; elsewhere only what is a formula beyond doubt is one. */
const saysFormula = / ← |(^|[\s(;:,])(\p{L}[\u0302\u0304′″'ᵀ₀-₉ᵢⱼ]*(\[[^\]]*\])?|∂\S+\/∂\S+) = |∂/u

/** Returns a text as HTML, what of it is a formula as MathML. */
export function typeset(text) {
  const letters = saysFormula.test(text)
  let result = ''
  let i = 0
  while (i < text.length) {
    const before = text.slice(0, i)
    // one begins where a word might, but not among the arguments of what was none
    const found = /(^|[\s,;:]|(^|[^\p{L}\d])[([])$/u.test(before) ? parse(text, i, letters) : undefined
    if (found === undefined) {
      result += escaped(text[i++])
    } else {
      result += found.pieces.map(piece => `<math displaystyle="true">${piece}</math>`).join('<wbr>')
      i = found.end
    }
  }
  return result
}
