// Puts the documents where VitePress finds them, under target/site/pages, with links between them as the site has them:
// the guide is its root, README, CONTRIBUTING and CHANGELOG stand beside it, and a README of a folder is its index.
import fs from 'node:fs'
import path from 'node:path'

const [root, pages] = process.argv.slice(2, 4).map(each => path.resolve(each))
const made = process.argv[4]
const docs = path.join(root, 'docs')
const beside = { 'README.md': 'project.md', 'CONTRIBUTING.md': 'contributing.md', 'CHANGELOG.md': 'changelog.md' }

/** Where the site has a file of the tree, or nothing if it has it not. */
function place(file) {
  if (path.dirname(file) === root) return beside[path.basename(file)]
  const name = path.relative(docs, file)
  if (name.startsWith('..')) return undefined
  return fs.existsSync(file) && fs.statSync(file).isDirectory()
    ? path.join(name, 'index.md')
    : name.replace(/README\.md$/, 'index.md').replace(/\.ipynb$/, '.md') // a notebook is a page there
}

/** Links to files that the site has not, such as sources, become plain text. */
function relinked(text, file) {
  return text.replace(/(!?)\[([^\]]*)\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)/g, (whole, image, label, target, anchor = '') => {
    const there = place(path.resolve(path.dirname(file), target))
    if (there === undefined) return label
    const link = path.relative(path.dirname(place(file)), there)
    return `${image}[${label}](${link.startsWith('.') ? link : './' + link}${anchor})`
  })
}

/** The same, outside of blocks of code. */
function staged(file) {
  return fs.readFileSync(file, 'utf8').split(/^(```[^]*?^```)/m)
    .map((part, i) => (i % 2 ? part : relinked(part, file))).join('')
}

function* files(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (!entry.isDirectory()) yield file
    else if (file !== path.join(docs, 'site')) yield* files(file)
  }
}

fs.rmSync(pages, { recursive: true, force: true })
for (const file of [...Object.keys(beside).map(name => path.join(root, name)), ...files(docs)]) {
  if (!/\.(md|png|svg|jpg)$/.test(file)) continue
  const target = path.join(pages, place(file))
  fs.mkdirSync(path.dirname(target), { recursive: true })
  if (file.endsWith('.md')) fs.writeFileSync(target, staged(file))
  else fs.copyFileSync(file, target)
}

// notebooks with what they print and draw, in place of their sources
if (made !== undefined) fs.cpSync(path.resolve(made), path.join(pages, 'notebooks'), { recursive: true })

// the pictures that the examples have drawn
const out = path.join(root, 'out')
let gallery = '# Examples\n\nWhat the [examples](./project.md) draw. `java -jar examples/target/examples.jar NAME` runs one.\n'
for (const example of fs.existsSync(out) ? fs.readdirSync(out).sort() : []) {
  const pictures = fs.readdirSync(path.join(out, example)).filter(name => name.endsWith('.png')).sort()
  if (pictures.length === 0) continue
  gallery += `\n## ${example}\n\n`
  fs.mkdirSync(path.join(pages, 'gallery', example), { recursive: true })
  for (const name of pictures) {
    fs.copyFileSync(path.join(out, example, name), path.join(pages, 'gallery', example, name))
    gallery += `![${name.slice(0, -4).replaceAll('-', ' ')}](./gallery/${example}/${name})\n`
  }
}
fs.writeFileSync(path.join(pages, 'gallery.md'), gallery)
