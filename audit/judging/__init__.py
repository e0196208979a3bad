"""What checks share: how findings are worded, which groups are judged, how many are told."""
