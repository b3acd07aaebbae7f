// Typesets the formulas of Javadoc comments, which are plain Unicode there, as MathML in the pages that javadoc has made.
// What it does not understand stays as it is written.
//     node docs/site/formulas.mjs FOLDER FONT
import fs from 'node:fs'
import path from 'node:path'
import { typeset, unescaped, variables } from './typeset.mjs'

/** The steps of an algorithm, lines such as "g ← −g    only to maximize", as a table; any other block as it is. */
function steps(html) {
  const lines = unescaped(html).split('\n').map(line => line.trim()).filter(line => line !== '')
  if (/<\w/.test(html) || !lines.some(line => line.includes(' ← '))) return undefined
  const rows = lines.map(line => {
    const [formula, remark = ''] = line.split(/ {3,}/)
    return `<tr><td>${typeset(formula)}</td><td>${typeset(remark)}</td></tr>`
  })
  return `<table class="steps">${rows.join('')}</table>`
}

/** The comment of a method, or what else is shown of one: its variables are the same in the text and behind parameters. */
function comment(html) {
  const blocks = known => html.replace(/(<div class="block">|<dd>)([^]*?)(<\/div>|<\/dd>)/g,
    (whole, open, block, close) => open + texts(block, known) + close)
  return blocks(variables(blocks(new Set())))
}

/** The texts of a block, outside of code and links, and not across tags. */
function texts(html, known) {
  let opaque = 0
  return html.replace(/<pre>([^]*?)<\/pre>/g, (whole, block) => steps(block) ?? whole).split(/(<[^>]*>)/).map(part => {
    if (part.startsWith('<')) {
      if (/^<(code|pre|a|table|h\d)\b/.test(part)) opaque++
      if (/^<\/(code|pre|a|table|h\d)>/.test(part)) opaque--
      return part
    }
    return opaque > 0 || part.trim() === '' ? part : typeset(unescaped(part), known)
  }).join('')
}

function* pages(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* pages(file)
    else if (entry.name.endsWith('.html')) yield file
  }
}

const [root, font] = process.argv.slice(2, 4).map(each => path.resolve(each))
for (const file of pages(root)) {
  const page = fs.readFileSync(file, 'utf8')
  const made = page.split(/(<section class="detail"[^]*?<\/section>|<div class="block">[^]*?<\/div>)/).map(comment).join('')
  if (made !== page) fs.writeFileSync(file, made)
}

const beside = path.join(root, 'formulas')
fs.mkdirSync(beside, { recursive: true })
fs.copyFileSync(path.join(font, 'files/stix-two-math-latin-400-normal.woff2'), path.join(beside, 'stix-two-math.woff2'))
fs.copyFileSync(path.join(font, 'LICENSE'), path.join(beside, 'LICENSE'))
