# shellcheck shell=bash
# Building the controller when it is not built, and running it. Sourced by scripts that set `script` to
# their name and have sourced jdk.sh.

# shellcheck source=lib/config-option.sh
. "$(dirname "${BASH_SOURCE[0]}")/config-option.sh"

: "${script:?is set by whoever sources this}"

# Runs the controller's command line, with the arguments given; does not come back. Where it cannot be
# built, as for a service's user who may write nothing and has no Maven, what is built is run.
exec_controller() {
    local root jdk jar
    root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
    jdk=$(jdk25)
    jar=$root/controller/target/sandalphone.jar
    if controller_is_outdated "$root" "$jar"; then
        build_controller "$root" "$jar"
    fi
    if [ ! -r "$jar" ]; then
        echo "$script: $(id -un 2>/dev/null || id -u) cannot read $jar" >&2
        exit 1
    fi
    exec "$jdk/bin/java" @"$root/scripts/lib/jvm-options" -jar "$jar" "$@"
}

# Whether the jar $2 is missing, or older than what is seen of the sources below $1.
controller_is_outdated() {
    [ ! -e "$2" ] ||
        [ -n "$(find "$1/pom.xml" "$1/controller/pom.xml" "$1/controller/src/main" -newer "$2" -print -quit 2>/dev/null || true)" ]
}

# Builds the jar $2 of the sources in $1. Ends the script when there is none then.
build_controller() {
    local root=$1 jar=$2 reason
    reason=$(why_not_built "$root")
    if [ -z "$reason" ]; then
        echo "$script: building the controller" >&2
        mvn -q -B -f "$root/pom.xml" -pl controller package -Dmaven.test.skip=true >&2 && return
        reason="the build failed"
    fi
    if [ -e "$jar" ]; then
        echo "$script: running the last build, which is older than the sources: $reason" >&2
        return
    fi
    echo "$script: the controller is not built: $reason." >&2
    echo "As a user who may write to $root, with Maven: mvn -f $root/pom.xml -pl controller package -Dmaven.test.skip=true" >&2
    exit 1
}

# Prints why the sources in $1 cannot be built here; nothing when they can.
why_not_built() {
    local folder
    if ! command -v mvn >/dev/null; then
        echo "there is no Maven (mvn)"
    elif [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
        echo "Maven needs a HOME it may write to"
    elif [ ! -r "$1/pom.xml" ] || [ ! -r "$1/controller/src/main/java" ]; then
        echo "$1 cannot be read"
    else
        for folder in "$1/controller/target" "$1/controller"; do
            if [ -e "$folder" ]; then
                [ -w "$folder" ] || echo "$folder cannot be written"
                return
            fi
        done
    fi
}
