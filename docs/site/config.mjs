// What VitePress makes of the pages that stage.mjs has put together.
import fs from 'node:fs'
import path from 'node:path'
import { columns, pieces } from './columns.mjs'
import { typeset, unescaped } from './typeset.mjs'

const pages = path.resolve(import.meta.dirname, '..')

function title(page) {
  const heading = fs.readFileSync(path.join(pages, page), 'utf8').match(/^# (.*)/m)
  return heading ? heading[1].replace(/`/g, '') : page
}

function group(text, names, collapsed = false) {
  const found = names.filter(name => fs.existsSync(path.join(pages, name + '.md')))
  return found.length === 0 ? [] : [{ text, collapsed, items: found.map(name => ({ text: title(name + '.md'), link: '/' + name })) }]
}

function folder(name) {
  const all = fs.existsSync(path.join(pages, name)) ? fs.readdirSync(path.join(pages, name)) : []
  return all.filter(file => file.endsWith('.md')).sort().map(file => name + '/' + file.slice(0, -3))
}

export default {
  title: 'ndgrad',
  description: 'Reverse-mode automatic differentiation for Java',
  outDir: '../html',
  cacheDir: '../cache',
  cleanUrls: false,
  lastUpdated: false,
  head: [['link', {
    rel: 'icon',
    href: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><text x="6" y="27" font-size="30" fill="#3a6ea5">∂</text></svg>')}`
  }]],
  ignoreDeadLinks: [/^\/api\//], // made by javadoc, beside these pages
  markdown: {
    math: true,
    // as on a repository's page, so that links to parts of a page are good in both
    anchor: { slugify: text => text.trim().toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-') },
    config: markdown => {
      markdown.core.ruler.push('columns', columns)
      const fence = markdown.renderer.rules.fence
      markdown.renderer.rules.fence = (tokens, i, ...rest) => tokens[i].info.trim() === 'mermaid'
        ? `<Mermaid code="${encodeURIComponent(tokens[i].content)}" />`
        : fence(tokens, i, ...rest)
      // tables of formulas are made from comments; double braces are Java's arrays, not Vue's expressions
      const text = markdown.renderer.rules.text
      markdown.renderer.rules.text = (tokens, i, options, env, self) => (/^(ops|nn)\.md$/.test(env.relativePath ?? '')
        ? typeset(unescaped(tokens[i].content)) : text(tokens, i, options, env, self)).replaceAll('{{', '&#123;&#123;')
      markdown.renderer.rules.code_inline = (tokens, i) => {
        const { content, meta } = tokens[i]
        const made = (meta?.breaks ? pieces(content) : [content]).map(markdown.utils.escapeHtml).join('<wbr>')
        return `<code v-pre>${made.replace(/(?<=^|\s)--?\w+/g, '<span class="switch">$&</span>')}</code>`
      }
    }
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'Dictionary', link: '/dictionary' },
      { text: 'API', link: '/api/index.html', target: '_self' },
      { text: 'Examples', link: '/gallery' }
    ].filter(({ link }) => link.startsWith('/api') || fs.existsSync(path.join(pages, link + '.md'))),
    sidebar: [
      ...group('Learn', ['getting-started', 'autograd', 'networks', 'data', 'training', 'plots', 'saving', 'derivatives', 'extending']),
      ...group('Notebooks', [...folder('notebooks').filter(name => !name.endsWith('index')), 'documents', 'jupyter']),
      ...group('Look up', ['dictionary', 'ops', 'nn', 'pytorch', 'onnx', 'troubleshooting']),
      ...group('Understand', ['numerics', 'performance', 'benchmarks', 'memory', 'architecture']),
      ...group('Decisions', folder('adr'), true),
      ...group('Project', ['project', 'gallery', 'contributing', 'changelog'])
    ]
  }
}
