# shellcheck shell=bash
# Reads `--config FILE` from the command line. Sourced by controller.sh, of scripts that
# set `script` to their name.

: "${script:?is set by whoever sources this}"

# Sets `config`; `usage` is the caller's. Without the option it is `default_config`, if there is one.
config_option() {
    config=${default_config:-}
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
