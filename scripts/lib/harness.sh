# shellcheck shell=bash
# Building the test harness, with the controller, when they are not built, and running its programs.
# Sourced by scripts that have set `root` and sourced jdk.sh.

: "${root:?is set by whoever sources this}"

# Builds both when the sources are newer than the last build.
build_harness() {
    local built=$root/test-harness/target
    if [ ! -d "$built/lib" ] || [ ! -f "$root/controller/target/sandalphone.jar" ] ||
        [ -n "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$built/lib" -print -quit)" ]; then
        echo "Building (the first time takes a minute or two)." >&2
        mvn -q -B -f "$root/pom.xml" -pl test-harness -am package -Dmaven.test.skip=true >&2 || {
            echo "the build failed" >&2
            exit 1
        }
        touch "$built/lib"
    fi
}

# Compiles the tests when they are older than their sources.
build_tests() {
    local classes=$root/test-harness/target/test-classes
    if [ ! -d "$classes" ] ||
        [ -n "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src -newer "$classes" -print -quit)" ]; then
        echo "Building, with the tests (the first time takes a few minutes)." >&2
        mvn -q -B -f "$root/pom.xml" -pl test-harness -am package -DskipTests >&2 || {
            echo "the build failed" >&2
            exit 1
        }
        touch "$root/test-harness/target/lib" "$classes"
    fi
}

# Options of the virtual machine that runs a program, for whoever wants others than usual.
harness_jvm=()

# Runs the program whose main class is $1, with the further arguments; does not come back.
exec_harness() {
    local jdk program=$1
    shift
    jdk=$(jdk25)
    build_harness
    exec "$jdk/bin/java" "${harness_jvm[@]}" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -cp "$root/test-harness/target/classes:$root/test-harness/target/lib/*" "$program" "$@"
}
