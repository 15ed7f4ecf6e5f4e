"""The procedure studio (xưởng thủ tục): a procedure made, tried, compared and published in the browser."""
