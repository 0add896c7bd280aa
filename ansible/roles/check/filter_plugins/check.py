"""Names of values, as the playbook has them."""

import re


def check_lower_key(line):
    """The key at the beginning of a line, in the playbook's spelling."""
    return re.sub(r"\b(?:SANDALPHONE_)?[A-Z]+(?:_[A-Z]+)+\b", lambda key: spelled(key.group()), line)


def spelled(key):
    """A key of the values file among the playbook's values."""
    name = key.lower()
    return name if name.startswith("sandalphone_") else "sandalphone_" + name


class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        """The filters, by their names."""
        return {"check_lower_key": check_lower_key}
