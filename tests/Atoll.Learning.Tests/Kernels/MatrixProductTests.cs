using Atoll.Learning.Kernels;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Learning.Tests.Kernels;

/// <summary>Every product, to the bit, is its definition.</summary>
public sealed class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(20, 128, 784)]    // few rows: B as it lies; transposed or turned when stored by columns
    [InlineData(784, 128, 20)]
    [InlineData(61, 77, 300)]     // packed, two blocks of k, columns left over
    [InlineData(49, 1_100, 30)]   // packed, two blocks of columns
    [InlineData(16, 1_030, 9)]    // one vector of columns, transposed
    [InlineData(17, 1_030, 9)]    // two of them with AVX-512; packed with AVX2
    [InlineData(33, 1_030, 9)]    // too many rows to transpose
    [InlineData(40, 30, 257)]     // too deep to turn
    [InlineData(12, 5, 256)]      // turned
    [InlineData(7, 3, 2)]
    [InlineData(13, 31, 1)]
    public void Every_path_gives_the_bits_of_the_scalar_chains(int m, int n, int k)
    {
        foreach (var storage in Enum.GetValues<Storage>())
        {
            Check(new Product(storage, m, n, k, Accumulate: false));
            Check(new Product(storage, m, n, k, Accumulate: true));
        }
    }

    [Fact]
    public void Any_shape_gives_the_bits_of_the_scalar_chains()
    {
        var size = Gen.Frequency((4, Gen.Choose(1, 70)), (1, Gen.Choose(240, 300)), (1, Gen.Choose(1_000, 1_100)));
        var products =
            from storage in Gen.Elements(Enum.GetValues<Storage>())
            from accumulate in Gen.Elements(true, false)
            from m in size
            from n in size
            from k in size
            where (long)m * n * k < 3_000_000
            select new Product(storage, m, n, k, accumulate);
        Prop.ForAll(products.ToArbitrary(), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Theory]
    [InlineData(Storage.NN)]
    [InlineData(Storage.NT)]
    [InlineData(Storage.TN)]
    public void The_error_stays_below_its_bound_against_double_precision(Storage storage)
    {
        Product p = new(storage, 37, 45, 800, Accumulate: false);
        var c = new float[p.M * p.N];
        p.Run(p.A, p.B, c);
        for (int m = 0; m < p.M; m++)
        {
            for (int n = 0; n < p.N; n++)
            {
                double exact = 0, size = 0;
                for (int k = 0; k < p.K; k++)
                {
                    double term = (double)p.AAt(m, k) * p.BAt(k, n);
                    exact += term;
                    size += Math.Abs(term);
                }
                Math.Abs(c[m * p.N + n] - exact).ShouldBeLessThan(p.K * Math.Pow(2, -24) * size); // Higham, 2002, eq. 3.5: one rounding a fused step
            }
        }
    }

    [Theory]
    [InlineData(Storage.NN, 5)]
    [InlineData(Storage.NT, 5)]
    [InlineData(Storage.NT, 1_500)]
    [InlineData(Storage.TN, 5)]
    public void Without_a_link_the_chains_are_what_they_start_from(Storage storage, int n)
    {
        foreach (bool accumulate in (bool[])[false, true])
        {
            Check(new Product(storage, 40, n, 0, accumulate));
        }
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused() =>
        Should.Throw<InvalidOperationException>(() => MatrixProduct.NN(2, 3, 4, new float[8], new float[11], new float[6])).Message
            .ShouldBe("A product of 2×4 and 4×3 needs 8, 12 and 6 numbers, but got 8, 11 and 6.");

    [Fact]
    public void A_negative_size_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => MatrixProduct.NN(-1, 3, -1, new float[9], new float[9], new float[9]));

    private static void Check(Product product)
    {
        const int mark = 40;
        float[] c = [.. product.Before, .. Enumerable.Repeat(-7f, mark)];
        product.Run(product.A, product.B, c);
        ((ReadOnlySpan<float>)c.AsSpan(..^mark)).ShouldHaveTheBitsOf(product.Chains(), product.ToString());
        c.AsSpan(^mark..).ContainsAnyExcept(-7f).ShouldBeFalse("written behind C");
    }
}
