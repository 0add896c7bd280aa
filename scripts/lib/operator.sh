# shellcheck shell=bash
# What the operations scripts share: speaking with the controller over HTTP. Sourced by them.
#
# The token reaches curl through its standard input, never on a command line that others can see.

script=scripts/${0##*/}
OPERATOR_URL=${SANDALPHONE_URL:-http://127.0.0.1:8090}
OPERATOR_TOKEN=${SANDALPHONE_TOKEN:-}
# Where the package keeps it; root reads it there.
installed_token=/etc/sandalphone/credentials/http-token
if [ -z "$OPERATOR_TOKEN" ] && [ -r "$installed_token" ]; then
    OPERATOR_TOKEN=$(<"$installed_token")
fi

# The end of every usage text.
# shellcheck disable=SC2034
OPERATOR_OPTIONS="  --token-file FILE  read the token from FILE instead of SANDALPHONE_TOKEN
  --help             this text

Environment: SANDALPHONE_URL (default http://127.0.0.1:8090), SANDALPHONE_TOKEN.
Exit codes: 0 done, 1 failed, 2 wrong command line."

# Ends with a message about the command line.
usage_error() {
    echo "$script: $1" >&2
    echo "Try: $script --help" >&2
    exit 2
}

# Ends with a message about what went wrong.
failed() {
    echo "$script: $1" >&2
    exit 1
}

# Takes the token from the file $1.
token_from_file() {
    [ -r "$1" ] || usage_error "cannot read the token file $1"
    OPERATOR_TOKEN=$(<"$1")
}

# Puts $1 between the quotes of a curl configuration line.
curl_quoted() {
    local text=${1//\\/\\\\}
    printf '"%s"' "${text//\"/\\\"}"
}

# Sends a request: method $1, path $2, and a JSON body $3 when there is one. Sets `status` to the HTTP
# status and `answer` to the body. Ends the script when there is no answer, or none was allowed.
request() {
    local tool response
    for tool in curl jq; do
        command -v "$tool" >/dev/null || failed "needs $tool: install the package $tool"
    done
    [ -n "$OPERATOR_TOKEN" ] || usage_error "no token: set SANDALPHONE_TOKEN or give --token-file FILE"
    case $OPERATOR_TOKEN in
        *[$'\n\r']*) usage_error "the token has more than one line" ;;
    esac
    if ! response=$(
        {
            echo "request = $1"
            echo "url = $(curl_quoted "$OPERATOR_URL$2")"
            echo "header = $(curl_quoted "Authorization: Bearer $OPERATOR_TOKEN")"
            # What is on this machine is not asked by way of http_proxy, which would get the token.
            echo "noproxy = $(curl_quoted "${no_proxy:-${NO_PROXY:-}},localhost,127.0.0.1,::1")"
            if [ -n "${3:-}" ]; then
                echo 'header = "Content-Type: application/json"'
                echo "data-raw = $(curl_quoted "$3")"
            fi
            # Curl itself turns \n into a line break.
            printf '%s\n' 'write-out = "\n%{http_code}"' 'max-time = 15'
        } | curl --disable --silent --show-error --config - 2>&1
    ); then
        failed "no answer from $OPERATOR_URL: ${response%%$'\n'*}"
    fi
    status=${response##*$'\n'}
    # Read by the script that sources this.
    # shellcheck disable=SC2034
    answer=${response%$'\n'*}
}

# Prints the error of an answer, each detail on a line of its own, and ends the script.
refused() {
    local text
    text=$(jq -r '.error, (.details[]? | "  \(.key): found \(.found), expected \(.expected)")
        # Nothing that a terminal would obey.
        | tostring | gsub("[^\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]"; "?")' <<<"$answer" 2>/dev/null) ||
        text="status $status, and no explanation"
    failed "$text"
}
