// Says of the cells of tables what their columns hold, so that the style sheet can give them their width, and where their code
// may break.

/** Short columns, such as numbers, never break; beside wide ones, a column of prose would become a tower of words. */
const shortest = 16
const prose = 40

const length = inline => inline.children.reduce((sum, { type, content }) => sum + (/^(text|code_inline)/.test(type) ? content.length : 0), 0)
/** One name or call, rather than a message in code. */
const isCode = inline => inline.children.length === 1 && inline.children[0].type === 'code_inline' && !/\w \w/.test(inline.content)

/** The pieces of code between which a line may end: behind its signs, and within its long names. No piece is very short. */
export function pieces(code) {
  const made = ['']
  for (const piece of code.split(/(?<=[._(,/])(?=[A-Za-z_])|(?<=[a-z])(?=[A-Z])/)) {
    if (made.at(-1).length < 6) made[made.length - 1] += piece
    else made.push(piece)
  }
  return made
}

/** A rule for markdown-it, which gives each cell of a column the class short or prose, if it is one, and marks long code. */
export function columns({ tokens }) {
  let table
  tokens.forEach((token, i) => {
    if (token.type === 'table_open') table = []
    else if (token.type === 'tr_open') table.push([])
    else if (token.type === 'th_open' || token.type === 'td_open') table.at(-1).push([token, tokens[i + 1]])
    else if (token.type === 'table_close') {
      table[0].forEach((_, at) => {
        const column = table.map(row => row[at])
        const longest = Math.max(...column.slice(1).map(([, inline]) => length(inline)))
        const kind = longest <= shortest ? 'short' : longest > prose && !column.slice(1).every(([, inline]) => isCode(inline)) ? 'prose' : undefined
        if (kind) column.forEach(([cell]) => cell.attrJoin('class', kind))
        for (const code of column.flatMap(([, inline]) => inline.children)) {
          if (code.type === 'code_inline' && code.content.length > shortest) code.meta = { breaks: true }
        }
      })
    }
  })
}
