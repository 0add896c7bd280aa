# shellcheck shell=bash
# Running the installed controller. It stands where a checkout has scripts/lib/controller.sh.

# shellcheck source=../scripts/lib/config-option.sh
. "$(dirname "${BASH_SOURCE[0]}")/config-option.sh"

# What is taken when no --config is given.
# shellcheck disable=SC2034 # config_option reads it
default_config=/etc/sandalphone/sandalphone.yaml

# Runs the controller's command line, with the arguments given; does not come back. Root reads what is secret
# where the service gets it from.
exec_controller() {
    local here cache=()
    here=$(readlink -f "$(dirname "${BASH_SOURCE[0]}")/../..")
    # As in `serve`.
    if [ -r "$here/start.aot" ] && [ -z "$(find "$here/app" "$here/runtime/lib/modules" -newer "$here/start.aot" -print -quit)" ]; then
        cache=("-XX:AOTCache=$here/start.aot")
    fi
    if [ -z "${CREDENTIALS_DIRECTORY:-}" ] && [ -r /etc/sandalphone/credentials ]; then
        export CREDENTIALS_DIRECTORY=/etc/sandalphone/credentials
    fi
    export SANDALPHONE_CACHE=${SANDALPHONE_CACHE:-/var/lib/sandalphone} SANDALPHONE_COMMANDS=sandalphone-
    exec "$here/runtime/bin/java" "@$here/jvm-options" "${cache[@]}" \
        -jar "$here/app/sandalphone.jar" "$@"
}
