"""Reports: what a version holds, measured in a fixed number of scans. They judge nothing."""
