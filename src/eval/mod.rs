//! Gold files and metrics.
