// SPDX-License-Identifier: Apache-2.0
// AMGCL's part in the race of sparse solvers: conjugate gradients with smoothed aggregation and SPAI0 on the 7-point
// Laplacian of n x n x n unknowns, 6 / -1, Dirichlet boundaries eliminated, b = 1, x = 0, relative residual 1e-8.
//
// usage: amgcl N; for every line on standard input it solves once and answers by one line of JSON.
#include <amgcl/adapter/crs_tuple.hpp>
#include <amgcl/amg.hpp>
#include <amgcl/backend/builtin.hpp>
#include <amgcl/coarsening/smoothed_aggregation.hpp>
#include <amgcl/make_solver.hpp>
#include <amgcl/relaxation/spai0.hpp>
#include <amgcl/solver/cg.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

using Backend = amgcl::backend::builtin<double>;
using Solver = amgcl::make_solver<
    amgcl::amg<Backend, amgcl::coarsening::smoothed_aggregation, amgcl::relaxation::spai0>,
    amgcl::solver::cg<Backend>>;
using Clock = std::chrono::steady_clock;

struct Csr {
    std::ptrdiff_t rows;
    std::vector<std::ptrdiff_t> start;
    std::vector<std::ptrdiff_t> columns;
    std::vector<double> values;
};

static Csr laplacian(std::ptrdiff_t n) {
    Csr a{n * n * n, {0}, {}, {}};
    a.start.reserve(a.rows + 1);
    a.columns.reserve(7 * a.rows);
    a.values.reserve(7 * a.rows);
    auto entry = [&a](std::ptrdiff_t column, double value) {
        a.columns.push_back(column);
        a.values.push_back(value);
    };
    for (std::ptrdiff_t row = 0; row < a.rows; row++) {
        std::ptrdiff_t x = row % n, y = row / n % n, z = row / (n * n);
        if (z > 0) entry(row - n * n, -1);
        if (y > 0) entry(row - n, -1);
        if (x > 0) entry(row - 1, -1);
        entry(row, 6);
        if (x < n - 1) entry(row + 1, -1);
        if (y < n - 1) entry(row + n, -1);
        if (z < n - 1) entry(row + n * n, -1);
        a.start.push_back(static_cast<std::ptrdiff_t>(a.columns.size()));
    }
    return a;
}

static double residual(const Csr &a, const std::vector<double> &b, const std::vector<double> &x) {
    double rest = 0, whole = 0;
    for (std::ptrdiff_t i = 0; i < a.rows; i++) {
        double r = b[i];
        for (std::ptrdiff_t k = a.start[i]; k < a.start[i + 1]; k++) r -= a.values[k] * x[a.columns[k]];
        rest += r * r;
        whole += b[i] * b[i];
    }
    return std::sqrt(rest / whole);
}

int main(int count, char **arguments) {
    if (count != 2) {
        std::cerr << "usage: amgcl N\n";
        return 2;
    }
    Csr a = laplacian(std::atol(arguments[1]));
    std::vector<double> b(a.rows, 1.0);
    Solver::params settings;
    settings.solver.tol = 1e-8;
    for (std::string line; std::getline(std::cin, line);) {
        std::vector<double> x(a.rows, 0.0);
        auto begun = Clock::now();
        auto solver = std::make_unique<Solver>(std::tie(a.rows, a.start, a.columns, a.values), settings);
        auto ready = Clock::now();
        std::size_t iterations;
        double recursive;
        std::tie(iterations, recursive) = (*solver)(b, x);
        auto done = Clock::now();
        solver.reset();
        std::printf("{\"setup\":%.6f,\"solve\":%.6f,\"iterations\":%zu,\"residual\":%.6e}\n",
                    std::chrono::duration<double>(ready - begun).count(),
                    std::chrono::duration<double>(done - ready).count(), iterations, residual(a, b, x));
        std::fflush(stdout);
    }
    return 0;
}
