// What Maven gives a project that only names ndgrad-nn, and whether the packed program runs.
def examples = basedir.toPath().resolve('../../..').normalize().toFile()
def template = new File(examples, 'target/template')
def lib = new File(template, 'target/lib').list().toList()
def openblas = lib.findAll { it.startsWith('openblas-') }
assert openblas.size() == 2 && openblas.contains('openblas-0.3.19-1.5.7.jar'), "Java's side of the old OpenBLAS: $openblas"
assert openblas.any { it.startsWith('openblas-0.3.31-1.5.13-') }, "natives of the new OpenBLAS: $openblas"
def javacpp = lib.findAll { it.startsWith('javacpp-') }
assert javacpp.size() == 2 && javacpp.every { it.startsWith('javacpp-1.5.7') }, "JavaCPP: $javacpp"
assert lib.findAll { it.startsWith('ndgrad-') }.sort() == ['ndgrad-autograd-0.1.0-SNAPSHOT.jar', 'ndgrad-nn-0.1.0-SNAPSHOT.jar']

def start(File folder, String... arguments) {
    def java = new File(System.getProperty('java.home'), 'bin/java').path
    def program = new ProcessBuilder([java, *arguments]).directory(folder).redirectErrorStream(true).start()
    def said = program.inputStream.text
    assert program.waitFor() == 0, said
    assert !said.contains('SLF4J'), said
    said
}

assert start(template, '-jar', 'target/moons.jar').contains('on points that it has not seen')
assert new File(template, 'moons.safetensors').length() > 0

// a script, from the folder of the project
def script = start(examples.parentFile, '@examples/script/java.args', 'examples/script/Xor.java')
assert script.contains('epoch 200, loss 0.0') && !script.contains('WARNING'), script
return true
