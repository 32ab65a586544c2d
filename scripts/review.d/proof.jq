# SPDX-License-Identifier: GPL-2.0-only
# Of prove's result, a line for each configuration's verdict on the step $sha.

.steps[]
| select(.sha == $sha or any(.steps // [] | .[]; . == $sha))
| (if .steps then " (together with the steps beside it)" else "" end) as $beside
| .configs[]
| "\(.name): \(.verdict); \(.compared) objects compared, differing \(.differing); lines compiled \(.lines_compiled) of \(.lines_changed)\($beside)"
