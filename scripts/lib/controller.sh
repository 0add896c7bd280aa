# shellcheck shell=bash
# Building the controller when it is not built, and running it. Sourced by scripts that set `script` to
# their name and have sourced jdk.sh.

: "${script:?is set by whoever sources this}"

# Runs the controller's command line, with the arguments given; does not come back.
exec_controller() {
    local root jdk jar
    root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
    jdk=$(jdk25)
    jar=$root/controller/target/sandalphone.jar
    if [ ! -f "$jar" ] ||
        [ -n "$(find "$root/pom.xml" "$root/controller/pom.xml" "$root/controller/src/main" -newer "$jar" -print -quit)" ]; then
        echo "$script: building the controller" >&2
        mvn -q -B -f "$root/pom.xml" -pl controller package -Dmaven.test.skip=true >&2 ||
            { echo "$script: the build failed" >&2; exit 1; }
    fi
    exec "$jdk/bin/java" @"$root/scripts/lib/jvm-options" -jar "$jar" "$@"
}

# Reads `--config FILE` from the command line into `config`; `usage` is the caller's.
config_option() {
    config=
    while [ $# -gt 0 ]; do
        case $1 in
            --help) usage; exit 0 ;;
            --config)
                [ $# -ge 2 ] || { echo "$script: --config needs a value" >&2; exit 2; }
                config=$2
                shift 2
                ;;
            *) echo "$script: unexpected $1" >&2; usage >&2; exit 2 ;;
        esac
    done
    [ -n "$config" ] || { echo "$script: --config FILE is missing" >&2; usage >&2; exit 2; }
    [ -r "$config" ] || { echo "$script: cannot read $config" >&2; exit 2; }
}
