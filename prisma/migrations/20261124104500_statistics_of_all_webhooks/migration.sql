-- The sum over an organization's webhooks, as a row of no webhook beside theirs: a chart of all reads one row a minute and state instead of one
-- for each webhook (decision 9). From here on the service keeps it up to date; this is the sum of what there is.
INSERT INTO delivery_stats (organization_id, bucket_start, webhook_config_id, status, delivery_count, response_time_sum_ms, latency_histogram)
SELECT organization_id, bucket_start, '00000000-0000-0000-0000-000000000000', status, sum(delivery_count), sum(response_time_sum_ms), ARRAY[
    sum(latency_histogram[1])::int,
    sum(latency_histogram[2])::int,
    sum(latency_histogram[3])::int,
    sum(latency_histogram[4])::int,
    sum(latency_histogram[5])::int,
    sum(latency_histogram[6])::int,
    sum(latency_histogram[7])::int,
    sum(latency_histogram[8])::int,
    sum(latency_histogram[9])::int,
    sum(latency_histogram[10])::int,
    sum(latency_histogram[11])::int,
    sum(latency_histogram[12])::int,
    sum(latency_histogram[13])::int,
    sum(latency_histogram[14])::int,
    sum(latency_histogram[15])::int,
    sum(latency_histogram[16])::int,
    sum(latency_histogram[17])::int,
    sum(latency_histogram[18])::int,
    sum(latency_histogram[19])::int,
    sum(latency_histogram[20])::int,
    sum(latency_histogram[21])::int,
    sum(latency_histogram[22])::int,
    sum(latency_histogram[23])::int,
    sum(latency_histogram[24])::int,
    sum(latency_histogram[25])::int,
    sum(latency_histogram[26])::int]
FROM delivery_stats
GROUP BY organization_id, bucket_start, status;
