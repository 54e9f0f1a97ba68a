/** Imported before the logger is made: what a function logs is not what its tests are about. */
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
