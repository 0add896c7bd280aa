# shellcheck shell=bash
# Finds the JDK 25 that builds and runs Sandalphone. Sourced by the other scripts.

# Prints the home of a JDK 25: JAVA_HOME when it is one, else what the usual places hold.
jdk25() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* "$(dirname "$(dirname "$(readlink -f "$(command -v java || echo /nonexistent/bin/java)")")")"; do
        if [ -x "$home/bin/javac" ] && grep -qs '^JAVA_VERSION="25' "$home/release"; then
            echo "$home"
            return
        fi
    done
    echo "No JDK 25 found. Install one (openjdk-25-jdk-headless or temurin-25-jdk) or point JAVA_HOME at it." >&2
    return 1
}

# Prints the folder of Maven's local repository, as this machine's settings have it.
maven_repository() {
    local folder=${HOME:-/nonexistent}/.m2/repository
    if grep -qs '<localRepository>' "${HOME:-/nonexistent}/.m2/settings.xml"; then
        folder=$(sed -n 's:.*<localRepository>\(.*\)</localRepository>.*:\1:p' "${HOME:-/nonexistent}/.m2/settings.xml" | head -n 1)
    fi
    echo "$folder"
}
