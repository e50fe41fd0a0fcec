#!/bin/sh
# What Node does on the programs of the scenarios list-churn and binary-trees, semi-spaces fixed at C MB: prints the rows
# of node-20-collections.txt. usage: node-20-collections.sh FOLDER-OF-THE-PROGRAMS (Node 20.20.2 was observed)
for run in 'list-churn 4000000' 'binary-trees 15'; do
  set -- "$1" $run
  for c in 1 2 4 8; do
    node --trace-gc --trace-gc-nvp --single-threaded-gc --min-semi-space-size=$c --max-semi-space-size=$c \
      "$1/$2.js" "$3" 2>/dev/null | awk -v name="$2" -v size="$3" -v c=$c '
        function field(key) { match($0, " " key "=[0-9]+"); return substr($0, RSTART + length(key) + 2, RLENGTH - length(key) - 2) }
        / gc=s / { scavenges++; copied += field("new_space_survived"); promoted += field("promoted") }
        / gc=mc / { full++ }
        END { printf "%s %d %d %d %d %d %d\n", name, size, c, scavenges, full, copied, promoted }'
  done
done
