namespace Atoll.Learning.Data;

/// <summary>Whole numbers in proportion to weights: the method of largest remainders (Hamilton), in integers.</summary>
internal static class Apportionment
{
    /// <summary>Shares of <paramref name="total"/> as near to the weights as whole numbers can be; of equal remainders the first goes first.</summary>
    /// <param name="room">The most that each may get before others are given more; null: no bound. Exceeded only where there is no other way.</param>
    public static int[] Of(int total, ReadOnlySpan<int> weights, ReadOnlySpan<int> room = default)
    {
        long sum = 0;
        foreach (int weight in weights)
        {
            sum += weight;
        }
        Require.That(sum > 0, $"Shares of {total} need at least one weight above 0.");

        int[] shares = new int[weights.Length];
        (bool Full, long Remainder, int Index)[] order = new (bool, long, int)[weights.Length];
        int left = total;
        for (int i = 0; i < weights.Length; i++)
        {
            shares[i] = (int)((long)total * weights[i] / sum);
            left -= shares[i];
            order[i] = (!room.IsEmpty && shares[i] >= room[i], -((long)total * weights[i] % sum), i);
        }
        Array.Sort(order);
        // Fewer are left than there are weights, and a weight of 0 has no remainder.
        for (int i = 0; left > 0; i++, left--)
        {
            shares[order[i].Index]++;
        }
        return shares;
    }
}
