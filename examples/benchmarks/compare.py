"""Times training steps here, by hand, in PyTorch, JAX, DL4J and SameDiff in turns, and renders docs/benchmarks.md.

Needs PyTorch, JAX with optax, and the packaged benchmarks:
    pip install torch jax optax
    mvn -ntp -DskipTests package
    python examples/benchmarks/compare.py             all steps, five rounds
    python examples/benchmarks/compare.py --growth    how time and memory grow
    python examples/benchmarks/compare.py --cliffs    operations that are prone to be slow
"""

import argparse
import datetime
import glob
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile

import torch

FOLDER = os.path.dirname(os.path.abspath(__file__))
JAR = os.path.join(FOLDER, "target", "benchmarks.jar")
RESULTS = os.path.join(FOLDER, "results")
JAVA = ["java", "-jar", JAR]
VECTOR_MODULE = "jdk.incubator.vector"
# ND4J's OpenMP threads and those of OpenBLAS would wait for each other in loops, ten times as long on two cores
PATIENT = ["env", "OMP_WAIT_POLICY=passive"]
SMALL_HEAP = ["-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"]
SOAKS = {"W2": 100_000, "W5": 1500}


def python(name):
    return [sys.executable, os.path.join(FOLDER, name)]


def programs():
    """Returns the command that times each column, in the order they take turns."""
    commands = {
        "PyTorch": python("steps.py"),
        "JAX": python("steps_jax.py"),
        "ndgrad": JAVA + ["steps"],
        "floor": JAVA + ["floor"],
        "DL4J": PATIENT + JAVA + ["dl4j"],
        "SameDiff": PATIENT + JAVA + ["samediff"],
    }
    modules = subprocess.run(["java", "--list-modules"], check=True, capture_output=True, text=True).stdout
    if VECTOR_MODULE in modules:
        commands["ndgrad, vector module"] = ["java", "--add-modules", VECTOR_MODULE, *JAVA[1:], "steps"]
    return commands


def lines(command, cores=None):
    """Runs a command and returns the words of each line it prints; with as many cores as said."""

    def restrict():
        if cores:
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])

    # what users get: nothing that chooses another set of functions than OpenBLAS does by itself
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    if cores:
        environment["OMP_NUM_THREADS"] = str(cores)
    words = []
    with tempfile.TemporaryFile("w+") as errors:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment, preexec_fn=restrict
        ) as process:
            for line in process.stdout:
                print("   ", line, end="", flush=True)
                words.append(line.split())
        if process.returncode != 0:
            errors.seek(0)
            raise SystemExit(f"{errors.read()}\n{' '.join(command)} ended with exit code {process.returncode}")
    return words


def times(command, cores=None):
    """Returns microseconds by name of the step."""
    return {name: float(value) for name, value in lines(command, cores)}


def machine():
    """Returns what the figures depend on, in words."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    java = subprocess.run(["java", "-version"], check=True, capture_output=True, text=True).stderr.splitlines()[1]
    (nd4j,) = glob.glob(os.path.join(FOLDER, "target", "lib", "nd4j-api-*.jar"))
    return {
        "date": datetime.date.today().isoformat(),
        "processor": models[0] if models else platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "system": platform.system(),
        "java": java.strip(),
        "nd4j": os.path.basename(nd4j)[len("nd4j-api-") : -len(".jar")],
        "pytorch": torch.__version__,
        "jax": importlib.metadata.version("jax"),
    }


def compare(rounds, commands):
    """Returns the microseconds of all rounds by program and step."""
    results = {}
    for turn in range(rounds):
        for program, command in commands.items():
            print(f"round {turn + 1} of {rounds}: {program}", flush=True)
            for step, value in times(command).items():
                results.setdefault(program, {}).setdefault(step, []).append(value)
    return results


def curves(library, command):
    """Returns the curves that a growth program prints."""
    print(f"growth: {library}", flush=True)
    points = {}
    for chart, x, y in lines(command):
        points.setdefault(chart, []).append((float(x), float(y)))
    return [curve(chart, library, values) for chart, values in points.items()]


def curve(chart, library, points):
    return {"chart": chart, "library": library, "x": [x for x, _ in points], "y": [y for _, y in points]}


def memory(step, count):
    """Returns resident memory against the number of steps."""
    print(f"memory: {step}", flush=True)
    points = lines(["java", *SMALL_HEAP, *JAVA[1:], "soak", step, str(count)])[:-1]
    return curve(f"memory {step}", "ndgrad", [(float(steps), float(resident)) for steps, resident, _ in points])


def by_cores():
    """Returns microseconds by library, step and number of cores."""
    results = {}
    for library, command in [("ndgrad", JAVA + ["steps"]), ("PyTorch", python("steps.py"))]:
        for cores in [1, 2]:
            print(f"cores: {library} on {cores}", flush=True)
            for step, value in times(command + ["W2", "W4", "W5"], cores).items():
                results.setdefault(library, {}).setdefault(step, {})[str(cores)] = value
    return results


def growth():
    return {
        "machine": machine(),
        "curves": curves("ndgrad", JAVA + ["growth"])
        + curves("PyTorch", python("growth.py"))
        + [memory(step, count) for step, count in SOAKS.items()],
        "cores": by_cores(),
    }


def save(results, name):
    os.makedirs(RESULTS, exist_ok=True)
    with open(os.path.join(RESULTS, name), "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1, ensure_ascii=False)
        file.write("\n")
    subprocess.run([*JAVA, "report"], check=True, cwd=os.path.join(FOLDER, "..", ".."))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="how often each program takes its turn")
    parser.add_argument("--only", nargs="+", default=[], metavar="STEP", help="these steps or cliffs; nothing is written")
    parser.add_argument("--growth", action="store_true", help="measure how time and memory grow instead")
    parser.add_argument("--cliffs", action="store_true", help="time operations that are prone to be slow instead")
    arguments = parser.parse_args()
    if arguments.growth:
        save(growth(), "growth.json")
        return
    if arguments.cliffs:
        commands = {"PyTorch": python("cliffs.py"), "ndgrad": JAVA + ["cliffs"]}
        commands = {program: command + arguments.only for program, command in commands.items()}
        results = compare(arguments.rounds, commands)
        if not arguments.only:
            save({"machine": machine(), "microseconds": results}, "cliffs.json")
        return
    commands = {program: command + arguments.only for program, command in programs().items()}
    results = compare(arguments.rounds, commands)
    if not arguments.only:
        save({"machine": machine(), "microseconds": results}, "steps.json")


if __name__ == "__main__":
    main()
